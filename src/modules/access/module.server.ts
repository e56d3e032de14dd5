import { sql, systemScope } from '#kernel/db/database.server.ts';
import { implementModule, type Job, type ModuleServer } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { accountHandlers } from './account.server.ts';
import { administrationHandlers } from './administration.server.ts';
import { apiKeyHandlers } from './api-key.server.ts';
import { forgetOldAttempts } from './attempt.server.ts';
import { manifestsOf } from './commands.server.ts';
import { access } from './module.ts';
import { permissionMatrixHandler } from './permission-matrix.server.ts';
import { roleServer } from './role/role.server.ts';
import { sessionHandlers } from './session-handlers.server.ts';
import { setUpHandler } from './setup.server.ts';
import { singleSignOnHandlers, type SingleSignOnSettings } from './single-sign-on.server.ts';
import { substitutionHandlers } from './substitution.server.ts';
import { userServer } from './user/user.server.ts';

const KEEP_SESSIONS_DAYS = 400;

/** Removes what is over: old attempts at once, ended sessions after the yearly access review has seen them. */
const tidy: Job = {
  name: 'access.tidy',
  cron: '17 3 * * *',
  run: (system) =>
    system.db.write(systemScope, async (tx) => {
      const now = system.clock.now();
      await forgetOldAttempts(tx, now);
      await tx.query(sql`delete from access.session where expires_at < ${now}::timestamptz - make_interval(days => ${KEEP_SESSIONS_DAYS})`);
    }),
};

/** `product` is asked late: this module needs to know the permissions and conflicts of every module, its own included. */
export function createAccessModule(options: {
  readonly product: () => Product;
  readonly singleSignOn?: SingleSignOnSettings | undefined;
}): ModuleServer {
  const manifests = () => manifestsOf(options.product());
  return implementModule(access, {
    definitions: [roleServer(manifests), userServer(manifests)],
    handlers: [
      ...sessionHandlers(options.singleSignOn),
      ...singleSignOnHandlers(options.product, options.singleSignOn),
      setUpHandler(options.product),
      ...accountHandlers,
      ...substitutionHandlers,
      ...administrationHandlers,
      ...apiKeyHandlers(manifests),
      permissionMatrixHandler(manifests),
    ],
    jobs: [tidy],
  });
}
