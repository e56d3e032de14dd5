import { newToken, tokenHash } from '#kernel/access/secret-box.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import { handle, type OperationHandler } from '#kernel/http/context.server.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import * as operations from './administration-operations.ts';
import { userById } from './known-user.server.ts';
import { isGrantable, permissionCatalogue } from './permission-catalogue.ts';
import { apiKeyIsUnknown, apiKeysAreForServiceUsers, permissionIsUnknown } from './refusals.ts';
import { recordEvent } from './security-event.server.ts';

interface KeyRow {
  keyId: string;
  userId: string;
  userName: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
}

const PREFIX_LENGTH = 11;

const list = handle(operations.listApiKeys, (context) =>
  context.system.db.read(systemScope, async (tx) => ({
    keys: await tx.query<KeyRow>(sql`
      select k.key_id "keyId", k.user_id "userId", u.name "userName", k.name, k.prefix, k.scopes, k.created_at "createdAt", k.expires_at "expiresAt",
        k.revoked_at "revokedAt", k.last_used_at "lastUsedAt"
      from access.api_key k join access.user_account u on u.id = k.user_id order by k.created_at desc limit 1000`),
    serviceUsers: await tx.query<{ id: string; login: string; name: string }>(sql`
      select id, login, name from access.user_account where account_kind = 'service' and state = 'active' order by login limit 1000`),
  })),
);

const create = (manifests: () => readonly ModuleManifest[]): OperationHandler =>
  handle(operations.createApiKey, async (context, { body }) => {
    const known = new Set(permissionCatalogue(manifests()).map((p) => p.name));
    const unknown = body.scopes.find((scope) => !isGrantable(scope, known));
    if (unknown !== undefined) refuse(permissionIsUnknown({ permission: unknown }, { field: 'scopes' }));
    const token = `mt_${newToken()}`;
    const keyId = newId('key');
    const now = context.system.clock.now();
    await context.system.db.write(systemScope, async (tx) => {
      const user = await userById(tx, body.userId);
      if (!user || user.state !== 'active' || user.accountKind !== 'service')
        return refuse(apiKeysAreForServiceUsers({}, { field: 'userId' }));
      await tx.query(sql`
        insert into access.api_key (key_id, user_id, name, prefix, token_hash, scopes, created_by, created_at, expires_at)
        values (${keyId}, ${user.id}, ${body.name}, ${token.slice(0, PREFIX_LENGTH)}, ${tokenHash(token)}, ${body.scopes}::text[], ${context.actor.id},
          ${now}, ${now}::timestamptz + make_interval(days => ${body.days}))`);
      await recordEvent(tx, context, {
        kind: 'api-key',
        action: 'create',
        recordId: user.id,
        number: keyId,
        changes: [
          { field: 'scopes', old: null, new: body.scopes },
          { field: 'days', old: null, new: body.days },
        ],
      });
    });
    return { keyId, token };
  });

const revoke = handle(operations.revokeApiKey, async (context, { params, body }) => {
  await context.system.db.write(systemScope, async (tx) => {
    const row = await tx.maybe<{ user_id: string }>(sql`
      update access.api_key set revoked_at = ${context.system.clock.now()}, revoked_by = ${context.actor.id}
      where key_id = ${params.keyId} and revoked_at is null returning user_id`);
    if (!row) return refuse(apiKeyIsUnknown({}));
    await recordEvent(tx, context, { kind: 'api-key', action: 'revoke', recordId: row.user_id, number: params.keyId, reason: body.reason });
  });
  return { done: true } as const;
});

export const apiKeyHandlers = (manifests: () => readonly ModuleManifest[]): readonly OperationHandler[] => [
  list,
  create(manifests),
  revoke,
];
