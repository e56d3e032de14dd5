import { can } from '#kernel/access/actor.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { self } from './account.server.ts';
import { userByLogin } from './known-user.server.ts';
import * as operations from './operations.ts';
import { permissions } from './permissions.ts';
import { onlyOwnSubstitute, substituteIsNotFit, substitutionEndsAfterItBegins, substitutionIsUnknown, userIsUnknown } from './refusals.ts';
import { recordEvent } from './security-event.server.ts';

interface Row {
  substitutionId: string;
  userId: string;
  userName: string;
  substituteId: string;
  substituteName: string;
  from: string;
  until: string;
  reason: string;
  isInForce: boolean;
}

const mayManage = (context: Context): boolean => can(context.actor, permissions.manageSubstitutes);

const list = handle(operations.listSubstitutions, async (context) => {
  const isAll = mayManage(context);
  const substitutions = await context.system.db.read(systemScope, (tx) =>
    tx.query<Row>(sql`
    select s.substitution_id "substitutionId", s.user_id "userId", u.name "userName", s.substitute_id "substituteId", b.name "substituteName",
      s.from_day "from", s.until_day "until", s.reason,
      s.ended_at is null and access.day_for(${context.system.clock.now()}, null) between s.from_day and s.until_day "isInForce"
    from access.substitution s join access.user_account u on u.id = s.user_id join access.user_account b on b.id = s.substitute_id
    where ${isAll} or s.user_id = ${context.actor.id} or s.substitute_id = ${context.actor.id}
    order by s.from_day desc, s.substitution_id desc limit 500`),
  );
  return { substitutions };
});

const name = handle(operations.nameSubstitute, async (context, { body }) => {
  const me = await self(context);
  const userId = body.userId ?? me.id;
  if (userId !== me.id && !mayManage(context)) refuse(onlyOwnSubstitute({}));
  // A day that is over everywhere on earth is over.
  if (body.until < body.from || body.until < dayIn(context.system.clock.now(), 'Etc/GMT+12'))
    refuse(substitutionEndsAfterItBegins({}, { field: 'until' }));
  const substitutionId = newId('sub');
  await context.system.db.write(systemScope, async (tx) => {
    if (!(await tx.maybe(sql`select 1 from access.user_account where id = ${userId}`))) refuse(userIsUnknown({}));
    const substitute = await userByLogin(tx, body.substituteLogin);
    if (!substitute || substitute.state !== 'active' || substitute.accountKind !== 'person' || substitute.id === userId) {
      return refuse(substituteIsNotFit({}, { field: 'substituteLogin' }));
    }
    await tx.query(sql`
      insert into access.substitution (substitution_id, user_id, substitute_id, from_day, until_day, reason, named_by, created_at)
      values (${substitutionId}, ${userId}, ${substitute.id}, ${body.from}, ${body.until}, ${body.reason}, ${me.id}, ${context.system.clock.now()})`);
    await recordEvent(tx, context, {
      kind: 'permission',
      action: 'name-substitute',
      recordId: userId,
      reason: body.reason,
      changes: [{ field: 'substitute', old: null, new: { id: substitute.id, from: body.from, until: body.until } }],
    });
  });
  return { substitutionId };
});

const end = handle(operations.endSubstitution, async (context, { params }) => {
  const me = await self(context);
  await context.system.db.write(systemScope, async (tx) => {
    const ended = await tx.maybe<{ user_id: string }>(sql`
      update access.substitution set ended_at = ${context.system.clock.now()}, ended_by = ${me.id}
      where substitution_id = ${params.substitutionId} and ended_at is null and (user_id = ${me.id} or ${mayManage(context)}) returning user_id`);
    if (!ended) return refuse(substitutionIsUnknown({}));
    await recordEvent(tx, context, {
      kind: 'permission',
      action: 'end-substitution',
      recordId: ended.user_id,
      number: params.substitutionId,
    });
  });
  return { done: true } as const;
});

export const substitutionHandlers: readonly OperationHandler[] = [list, name, end];
