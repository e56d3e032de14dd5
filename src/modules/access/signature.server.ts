import type { Signature, SignatureConfirmation, SignaturePort } from '#kernel/access/ports.server.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import type { Context, System } from '#kernel/http/context.server.ts';
import { beginAttempt, forgetAttempts } from './attempt.server.ts';
import { userById, type KnownUser } from './known-user.server.ts';
import { isPasswordRight } from './password.server.ts';
import { nothingToSignWith, onlyPeople, signatureNeedsCode, signatureNeedsPassword, signatureRefused } from './refusals.ts';
import { isCodeRight } from './second-factor.server.ts';
import { recordEventApart } from './security-event.server.ts';

type Given = { readonly password?: string | undefined; readonly code?: string | undefined };
type Component = 'password' | 'code';

/** What this signature asks for: the password each time, the code too at the first one of a session (21 CFR 11.200(a)(1)). */
function componentsNeeded(user: KnownUser, isFirst: boolean): Component[] {
  const needed: Component[] = user.passwordHash === null ? [] : ['password'];
  if (user.hasSecondFactor && (isFirst || needed.length === 0)) needed.push('code');
  return needed;
}

async function areRight(system: System, user: KnownUser, needed: readonly Component[], given: Given): Promise<boolean> {
  if (needed.includes('password') && !(await isPasswordRight(user.passwordHash, given.password ?? ''))) return false;
  if (!needed.includes('code')) return true;
  return system.db.write(systemScope, (tx) => isCodeRight(tx, system, user.id, given.code ?? ''));
}

function isMissing(needed: readonly Component[], given: Given): Refusal | undefined {
  if (needed.length === 0) return nothingToSignWith({});
  if (needed.includes('password') && !given.password) return signatureNeedsPassword({}, { field: 'password' });
  if (needed.includes('code') && !given.code) return signatureNeedsCode({}, { field: 'code' });
  return undefined;
}

/** Recognises the signer again before a command begins; wrong attempts count towards the lock of the login. */
async function confirm(context: Context, given: Given): Promise<SignatureConfirmation | Refusal> {
  const { actor, system } = context;
  const sessionId = actor.sessionId;
  if (actor.kind !== 'user' || sessionId === null) return onlyPeople({});
  const { user, isFirst } = await system.db.read(systemScope, async (tx) => ({
    user: await userById(tx, actor.id),
    isFirst:
      (await tx.maybe(sql`select 1 from access.session where session_id = ${sessionId} and first_signed_at is not null`)) === undefined,
  }));
  if (!user) return onlyPeople({});
  const needed = componentsNeeded(user, isFirst);
  const stopped = isMissing(needed, given) ?? (await beginAttempt(context, user.login));
  if (stopped) return stopped;
  if (!(await areRight(system, user, needed, given))) {
    await recordEventApart(context, { kind: 'session', action: 'signature-refused', recordId: user.id });
    return signatureRefused({}, { field: 'password' });
  }
  await system.db.write(systemScope, (tx) => forgetAttempts(tx, context, user.login));
  return { userId: user.id, sessionId, login: user.login, printedName: user.name, components: needed };
}

/** Electronic signatures: append-only rows bound to the content by its hash. */
export function createSignatures(): SignaturePort {
  return {
    confirm,
    sign: async (tx, r) => {
      const signatureId = newId('sig');
      const now = r.context.system.clock.now();
      const { userId, login, printedName, sessionId, components } = r.confirmation;
      await tx.query(sql`
        with first as (
          update access.session set first_signed_at = ${now} where session_id = ${sessionId} and first_signed_at is null
        )
        insert into access.signature (signature_id, record_id, entity_id, kind, number, action, user_id, login, printed_name, session_id, components,
          meaning_zh, meaning_en, reason, content_hash, ip, signed_at)
        values (${signatureId}, ${r.recordId}, ${r.entityId}, ${r.kind}, ${r.number}, ${r.action}, ${userId}, ${login}, ${printedName}, ${sessionId},
          ${[...components]}::text[], ${r.meaning.zh}, ${r.meaning.en}, ${r.reason}, ${r.contentHash}, ${r.context.ip}, ${now})`);
      return { signatureId };
    },
    signaturesOf: async (tx, recordId) => {
      const rows = await tx.query<Omit<Signature, 'meaning'> & { zh: string; en: string }>(sql`
        select signature_id "signatureId", record_id "recordId", action, printed_name "printedName", login, user_id "userId", signed_at "signedAt",
          meaning_zh zh, meaning_en en, reason, content_hash "contentHash"
        from access.signature where record_id = ${recordId} order by signed_at, signature_id limit 500`);
      return rows.map(({ zh, en, ...row }) => ({ ...row, meaning: { zh, en } }));
    },
  };
}
