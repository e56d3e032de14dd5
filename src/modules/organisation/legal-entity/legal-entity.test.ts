import { expect, test } from 'vitest';
import type { DocOf } from '#kernel/document/definition.ts';
import { testSystem } from '#kernel/test/world.server.ts';
import { systemScope } from '#kernel/db/database.server.ts';
import { entitiesIn, entityFacts } from '../index.server.ts';
import { legalEntity, type LegalEntityFacts } from './legal-entity.ts';
import { legalEntityServer } from './legal-entity.server.ts';

type Entity = DocOf<typeof legalEntity>;

const huaheng: Entity = {
  id: 'ent_1',
  entityId: null,
  number: 'HH',
  state: 'active',
  version: 1,
  createdBy: 'usr_1',
  createdAt: '',
  updatedAt: '',
  lines: {},
  code: 'HH',
  nameZh: '华衡医疗',
  nameEn: 'Huaheng',
  uscc: '91350100M000100Y43',
  country: 'CN',
  functionalCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
  address: null,
  parentId: null,
};
const none: LegalEntityFacts = { stored: undefined, ancestors: [] };
const context = { actor: { id: 'u', name: 'U' }, today: '2026-03-02', occurredOn: '2026-03-02', functionalCurrency: 'CNY', reason: null };

const codesOf = (change: Partial<Entity>, facts: LegalEntityFacts = none): string[] => {
  const answer = legalEntity.actions['change']?.refuse?.({ ...huaheng, ...change }, facts, context) ?? [];
  return [answer].flat().map((r) => r.code);
};

test('a well-formed company is accepted, also without a credit code', () => {
  expect(codesOf({})).toEqual([]);
  expect(codesOf({ uscc: null, country: 'DE', functionalCurrency: 'EUR', timeZone: 'Europe/Berlin' })).toEqual([]);
});

test('a credit code whose check sign does not hold is refused', () => {
  expect(codesOf({ uscc: '91350100M000100Y44' })).toEqual(['organisation/uscc-does-not-hold']);
});

test('a time zone nobody knows is refused', () => {
  expect(codesOf({ timeZone: 'Mars/Olympus' })).toEqual(['organisation/time-zone-is-unknown']);
});

test('currency and time zone stay as they were', () => {
  const stored = { functionalCurrency: 'EUR', timeZone: 'Europe/Berlin' };
  expect(codesOf({}, { ...none, stored })).toEqual([
    'organisation/currency-and-time-zone-stay',
    'organisation/currency-and-time-zone-stay',
  ]);
});

test('a parent that is a daughter makes a circle and is found through any depth', async () => {
  const { database, db } = await testSystem();
  for (const [id, parent] of [
    ['ent_1', null],
    ['ent_2', 'ent_1'],
    ['ent_3', 'ent_2'],
  ]) {
    await database.owner.query(
      `insert into organisation.legal_entity (id, state, version, created_by, code, name_zh, name_en, country, functional_currency, time_zone, parent_id)
       values ($1, 'active', 1, 'system', $1, $1, $1, 'CN', 'CNY', 'Asia/Shanghai', $2)`,
      [id, parent],
    );
  }
  const facts = (await db.read(systemScope, (tx) =>
    legalEntityServer.facts!(tx, { ...huaheng, parentId: 'ent_3' }, {} as never, 'change'),
  )) as LegalEntityFacts;
  expect(facts.ancestors.map((a) => a.id)).toEqual(['ent_3', 'ent_2', 'ent_1']);
  expect(codesOf({ parentId: 'ent_3' }, facts)).toEqual(['organisation/parent-makes-a-circle']);
  expect(await db.read(systemScope, (tx) => entityFacts(tx, 'ent_2'))).toMatchObject({
    functionalCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
  });
  expect((await db.read(systemScope, (tx) => entitiesIn(tx, ['ent_3']))).map((e) => e.id)).toEqual(['ent_3']);
});
