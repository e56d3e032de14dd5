import type { Actor } from '#kernel/access/actor.ts';
import { runCommandIn } from '#kernel/command/pipeline.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import type { Context, System } from '#kernel/http/context.server.ts';
import type { Product } from '#kernel/product.server.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import { storePassword } from './known-user.server.ts';
import { permissionCatalogue } from './permission-catalogue.ts';
import { role } from './role/role.ts';
import { standardRoles } from './standard-roles.ts';
import { user } from './user/user.ts';

/** The product itself at work, before there is anybody: first setup and demo. */
const installer: Actor = {
  kind: 'system',
  id: 'system',
  name: 'MedTrade',
  sessionId: null,
  grants: [{ permission: '*', entityIds: '*', warehouseIds: '*', regions: '*', isOwnOnly: false }],
};

export const installerContext = (system: System): Context => ({
  system,
  actor: installer,
  requestId: 'installation',
  ip: null,
  userAgent: null,
});

type Definition = Parameters<typeof runCommandIn>[3]['definition'];

/** Creates one record through the pipeline, as part of a running transaction; returns its id. */
export async function createRecord(
  tx: Tx,
  product: Product,
  context: Context,
  definition: Definition,
  content: unknown,
  key: string,
): Promise<string> {
  const answer = await runCommandIn(tx, product, context, {
    definition,
    action: 'create',
    content,
    envelope: { idempotencyKey: `install:${key}`, dryRun: false },
  });
  return String(answer.document['id']);
}

export const manifestsOf = (product: Product): readonly ModuleManifest[] => product.modules.map((m) => m.manifest);

/** Creates the delivered roles; ids by code. */
export async function createStandardRoles(tx: Tx, product: Product, context: Context): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { code, name, purpose, permissions } of standardRoles(permissionCatalogue(manifestsOf(product)).map((p) => p.name))) {
    const content = { code, nameZh: name.zh, nameEn: name.en, purpose: purpose.zh, permissions };
    ids.set(code, await createRecord(tx, product, context, role, content, `role:${code}`));
  }
  return ids;
}

export interface NewPerson {
  readonly login: string;
  readonly name: string;
  readonly email?: string;
  readonly locale: 'zh-CN' | 'en';
  readonly accountKind: 'person' | 'service';
  readonly roleIds: readonly string[];
  /** None for service users. */
  readonly passwordHash: string | null;
}

/** Creates a user with roles in every company and, for a person, a password. */
export async function createPerson(tx: Tx, product: Product, context: Context, person: NewPerson): Promise<string> {
  const { login, name, email, locale, accountKind, roleIds, passwordHash } = person;
  const grants = roleIds.map((roleId) => ({ roleId, isOwnOnly: false }));
  const id = await createRecord(
    tx,
    product,
    context,
    user,
    { login, name, email: email ?? null, locale, accountKind, lines: { grants } },
    `user:${login}`,
  );
  if (passwordHash !== null) await storePassword(tx, id, passwordHash, false, context.system.clock.now());
  return id;
}
