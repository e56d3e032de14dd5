import { Secret, TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import { isSignatureValid } from '#kernel/access/signature.ts';
import type { SignatureConfirmation } from '#kernel/access/ports.server.ts';
import { contentHash } from '#kernel/document/hash.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import { legalEntity } from '#modules/organisation/index.ts';
import { demoPassword } from './demo.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld();
});

async function contextOf(login: string): Promise<{ context: Context; cookie: string }> {
  const cookie = await world.signIn(login);
  const actor = await world.product.ports.authentication.authenticate({ cookieToken: cookie, ip: '10.0.0.7', userAgent: null });
  return { cookie, context: { system: world.system, actor: actor!, requestId: 'r', ip: '10.0.0.7', userAgent: null } };
}

const confirm = (context: Context, given: { password?: string; code?: string }) => world.product.ports.signature.confirm(context, given);
const codeOf = (answer: unknown): string | undefined => (answer as { code?: string }).code;

const entity = {
  id: 'ent_01JTVTEST',
  code: 'HH',
  nameZh: '华衡',
  nameEn: 'Huaheng',
  uscc: null,
  country: 'CN',
  functionalCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
  address: null,
  parentId: null,
  lines: {},
};

const sign = (context: Context, confirmation: SignatureConfirmation, doc: object) =>
  world.system.db.write({ entityIds: '*', userId: context.actor.id }, (tx) =>
    world.product.ports.signature.sign(tx, {
      confirmation,
      context,
      recordId: entity.id,
      entityId: null,
      kind: 'legal-entity',
      number: 'HH',
      action: 'change',
      meaning: { zh: '我已审核并批准', en: 'I reviewed and approve' },
      reason: 'yearly review',
      contentHash: contentHash(legalEntity, doc),
    }),
  );

test('a signature needs the password again and shows name, time, meaning and reason', async () => {
  const { context } = await contextOf('quality');
  expect(codeOf(await confirm(context, {}))).toBe('access/signature-needs-password');
  const confirmation = (await confirm(context, { password: demoPassword })) as SignatureConfirmation;
  await sign(context, confirmation, entity);
  const [signature] = await world.system.db.read({ entityIds: '*', userId: null }, (tx) =>
    world.product.ports.signature.signaturesOf(tx, entity.id),
  );
  expect(signature).toMatchObject({
    printedName: '周敏',
    login: 'quality',
    signedAt: '2026-03-02T09:00:00.000Z',
    meaning: { en: 'I reviewed and approve' },
    reason: 'yearly review',
  });
});

test('a signature stands while the content is the same and falls with any change of it', async () => {
  const [signature] = await world.system.db.read({ entityIds: '*', userId: null }, (tx) =>
    world.product.ports.signature.signaturesOf(tx, entity.id),
  );
  expect(isSignatureValid(signature!, contentHash(legalEntity, { ...entity }))).toBe(true);
  expect(isSignatureValid(signature!, contentHash(legalEntity, { ...entity, address: '上海' }))).toBe(false);
});

test('a wrong password is refused, recorded, and locks the login after five', async () => {
  const { context } = await contextOf('buyer');
  const codes = [];
  for (let i = 0; i < 6; i += 1) codes.push(codeOf(await confirm(context, { password: 'guess' })));
  expect(codes).toEqual([...Array(5).fill('access/signature-refused'), 'access/locked-out']);
  expect(codeOf(await confirm(context, { password: demoPassword }))).toBe('access/locked-out');
  const { rows } = await world.system.database.owner.query("select count(*)::int n from audit.event where action = 'signature-refused'");
  expect(rows[0].n).toBe(5);
});

test('with a second factor the first signature of a session needs the code too, later ones the password', async () => {
  const { context: enrolling, cookie } = await contextOf('controller');
  const begun = await world.call('POST', '/account/second-factor', { cookie, body: { password: demoPassword } });
  const code = () => new TOTP({ secret: Secret.fromBase32(begun.body.secret) }).generate({ timestamp: world.system.clock.now().getTime() });
  await world.call('POST', '/account/second-factor/confirm', { cookie, body: { code: code() } });
  world.system.clock.advance(60_000);
  expect(codeOf(await confirm(enrolling, { password: demoPassword }))).toBe('access/signature-needs-code');
  const used = code();
  const confirmation = (await confirm(enrolling, { password: demoPassword, code: used })) as SignatureConfirmation;
  expect(confirmation.components).toEqual(['password', 'code']);
  expect(codeOf(await confirm(enrolling, { password: demoPassword, code: used }))).toBe('access/signature-refused');
  await sign(enrolling, confirmation, entity);
  expect(await confirm(enrolling, { password: demoPassword })).toMatchObject({ components: ['password'] });
});

test('a service user and a job cannot sign', async () => {
  const { context } = await contextOf('sales');
  expect(codeOf(await confirm({ ...context, actor: { ...context.actor, kind: 'service' } }, { password: demoPassword }))).toBe(
    'access/only-people',
  );
  expect(codeOf(await confirm({ ...context, actor: { ...context.actor, sessionId: null } }, { password: demoPassword }))).toBe(
    'access/only-people',
  );
});

test('PostgreSQL refuses to change or remove a signature', async () => {
  const attempt = (statement: string) => world.system.db.write({ entityIds: '*', userId: null }, (tx) => tx.client.query(statement));
  await expect(attempt("update access.signature set printed_name = 'x'")).rejects.toThrow(/permission denied|append-only/);
  await expect(attempt('delete from access.signature')).rejects.toThrow(/permission denied|append-only/);
  await expect(world.system.database.owner.query("update access.signature set printed_name = 'x'")).rejects.toThrow(/append-only/);
});
