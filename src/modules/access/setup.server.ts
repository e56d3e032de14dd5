import { newToken, tokenHash } from '#kernel/access/secret-box.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { handle, type OperationHandler, type System } from '#kernel/http/context.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { legalEntity } from '#modules/organisation/index.ts';
import { limitAddress } from './attempt.server.ts';
import { createPerson, createRecord, createStandardRoles, installerContext } from './commands.server.ts';
import { setUp as setUpOperation } from './operations.ts';
import { passwordProblem } from './password-policy.ts';
import { hashPassword } from './password.server.ts';
import { passwordIsWeak, setupLinkIsNotValid } from './refusals.ts';
import { recordEvent } from './security-event.server.ts';

const LINK_HOURS = 24;

/** Nobody exists yet: the first administrator is still to be made. */
export const needsSetup = async (tx: Tx): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from access.user_account limit 1`)) === undefined;

/**
 * A fresh one-time link for creating the first administrator, to be printed where only the operator sees it; undefined where somebody
 * exists already. Earlier links end. Only the hash of the token is kept.
 */
export async function makeSetupLink(system: System): Promise<string | undefined> {
  const token = newToken();
  const isNeeded = await system.db.write(systemScope, async (tx) => {
    if (!(await needsSetup(tx))) return false;
    await tx.query(sql`delete from access.setup_token`);
    await tx.query(sql`
      insert into access.setup_token (token_hash, expires_at)
      values (${tokenHash(token)}, ${system.clock.now()}::timestamptz + make_interval(hours => ${LINK_HOURS}))`);
    return true;
  });
  return isNeeded ? `${system.origin}/setup/${token}` : undefined;
}

/** Creates the first company, the delivered roles and the first administrator, all or nothing, once. */
export const setUpHandler = (product: () => Product): OperationHandler =>
  handle(setUpOperation, async (request, { body }) => {
    const { system } = request;
    const stopped = await limitAddress(system, request.ip);
    if (stopped) refuse(stopped);
    const { administrator, entity, token } = body;
    const login = administrator.login.toLowerCase();
    const problem = passwordProblem(administrator.password, { login, name: administrator.name });
    const passwordHash = await hashPassword(administrator.password);
    await system.db.write(systemScope, async (tx) => {
      const now = system.clock.now();
      const taken = await tx.query(sql`
        update access.setup_token set used_at = ${now}
        where token_hash = ${tokenHash(token)} and used_at is null and expires_at > ${now} returning 1`);
      if (taken.length === 0 || !(await needsSetup(tx))) refuse(setupLinkIsNotValid({}));
      if (problem) refuse(passwordIsWeak({ problem }, { field: 'password' }));
      const context = { ...installerContext(system), requestId: request.requestId, ip: request.ip, userAgent: request.userAgent };
      await createRecord(tx, product(), context, legalEntity, entity, `entity:${entity.code}`);
      const roles = await createStandardRoles(tx, product(), context);
      const { name, locale } = administrator;
      const roleIds = [roles.get('administrator') ?? ''];
      const id = await createPerson(tx, product(), context, { login, name, locale, accountKind: 'person', roleIds, passwordHash });
      await recordEvent(tx, context, { kind: 'configuration', action: 'first-setup', recordId: id });
    });
    return { done: true } as const;
  });
