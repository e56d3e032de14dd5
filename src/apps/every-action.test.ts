// Walks every definition there is; proves for every action: permission-test, refusal-test.
import { beforeAll, expect, test } from 'vitest';
import { columnName } from '#kernel/document/content.ts';
import type { ActionDefinition, AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import { demoPassword } from '#modules/access/index.server.ts';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
/** Holds every permission. */
let everyone: Caller;
/** Holds none that any action asks for. */
let nobody: Caller;

beforeAll(async () => {
  world = await demoWorld();
  const { owner } = world.system.database;
  await owner.query(`update access.role set permissions = '{*}' where code = 'administrator'`);
  await owner.query(`update access.role set permissions = '{}' where code = 'accepter'`);
  [everyone, nobody] = [await world.as('admin'), await world.as('accepter')];
});

const pathOf = (d: AnyDefinition): string => `/${d.module}/${d.plural}`;
const actionsOf = (d: AnyDefinition) => Object.entries(d.actions as Record<string, ActionDefinition>);

/** Any document of a kind, as stored: the newest, because the oldest role and user are the ones this test acts with. */
async function anyOf(d: AnyDefinition): Promise<string | undefined> {
  const { rows } = await world.system.database.owner.query(`select id from ${d.table} order by id desc limit 1`);
  return rows[0]?.id as string | undefined;
}

const entered = (fields: Record<string, Field>, values: any) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, f]) => !f.isDerived)
      .map(([name]) => [name, values[name]]),
  );

async function contentOf(d: AnyDefinition, id: string): Promise<unknown> {
  const { document } = (await everyone.get(`${pathOf(d)}/${id}`)).body;
  const lines = Object.fromEntries(
    Object.entries(d.lines as Record<string, LineSet>).map(([name, set]) => [
      name,
      document.lines[name].map((line: any) => entered(set.fields as never, line)),
    ]),
  );
  return { ...entered(d.header, document), ...(Object.keys(lines).length > 0 ? { lines } : {}) };
}

/** What an action asks for besides the document: inputs with any value they take, a reason, a signature. */
function asked(action: ActionDefinition): object {
  const inputs = Object.entries((action.input ?? {}) as Record<string, Field>).filter(([, f]) => !f.isOptional);
  const input = Object.fromEntries(inputs.map(([name, f]) => [name, f.initial ?? Object.keys(f.options ?? {})[0]]));
  return { reason: '试', ...(inputs.length > 0 ? { input } : {}), ...(action.signature ? { signature: { password: demoPassword } } : {}) };
}

test('without its permission every action of every kind is refused', async () => {
  for (const d of world.product.definitions) {
    const id = (await anyOf(d)) ?? `${d.idPrefix}_01ZZZZZZZZZZZZZZZZZZZZZZZZ`;
    for (const [name, action] of actionsOf(d)) {
      if (action.from.length === 0) continue;
      const path = name === 'create' ? pathOf(d) : `${pathOf(d)}/${id}/${name}`;
      const answer = await nobody.command(path, { reason: '试', content: {} });
      expect([d.kind, name, answer.status, answer.body.code]).toEqual([d.kind, name, 403, 'access/not-permitted']);
    }
  }
}, 60_000);

test('in every state an action does not start from it is refused and says so', async () => {
  const { owner } = world.system.database;
  for (const d of world.product.definitions) {
    const id = await anyOf(d);
    if (!id) continue;
    const content = await contentOf(d, id);
    const was = (await owner.query(`select state from ${d.table} where id = $1`, [id])).rows[0].state;
    for (const [name, action] of actionsOf(d)) {
      if (action.from.includes('new') || action.from.length === 0) continue;
      for (const state of Object.keys(d.states).filter((s) => !action.from.includes(s))) {
        await owner.query(`update ${d.table} set ${columnName('state')} = $2 where id = $1`, [id, state]);
        const answer = await everyone.command(`${pathOf(d)}/${id}/${name}`, {
          ...asked(action),
          ...(action.editsContent ? { content } : {}),
        });
        expect([d.kind, name, state, answer.status, answer.body.code]).toEqual([d.kind, name, state, 409, 'document/wrong-state']);
      }
    }
    await owner.query(`update ${d.table} set state = $2 where id = $1`, [id, was]);
  }
}, 60_000);

test('an id that names nothing is not found, whatever the action', async () => {
  for (const d of world.product.definitions) {
    const [name, action] = actionsOf(d).find(([, a]) => !a.from.includes('new') && a.from.length > 0 && !a.editsContent) ?? [];
    if (!name || !action) continue;
    const answer = await everyone.command(`${pathOf(d)}/${d.idPrefix}_01ZZZZZZZZZZZZZZZZZZZZZZZZ/${name}`, asked(action));
    expect([d.kind, answer.status]).toEqual([d.kind, 404]);
  }
});

test('every list, page, timeline and export of every kind answers', async () => {
  for (const d of world.product.definitions) {
    const list = await everyone.get(`${pathOf(d)}?totals=true&limit=3`);
    expect([d.kind, list.status]).toEqual([d.kind, 200]);
    const sorts = [...Object.keys(d.header), 'number', 'state', 'createdAt', 'updatedAt', 'entityId'].filter(
      (f) => d.header[f]?.kind !== 'textList',
    );
    for (const field of sorts)
      expect([d.kind, field, (await everyone.get(`${pathOf(d)}?sort=-${field}&limit=2`)).status]).toEqual([d.kind, field, 200]);
    expect((await everyone.get(`${pathOf(d)}/export?format=csv&locale=en`)).status).toBe(200);
    const id = list.body.rows[0]?.id;
    if (!id) continue;
    expect((await everyone.get(`${pathOf(d)}/${id}`)).status).toBe(200);
    expect((await everyone.get(`${pathOf(d)}/${id}/timeline`)).status).toBe(200);
    if (d.nature === 'record') expect((await everyone.get(`${pathOf(d)}/${id}/versions`)).status).toBe(200);
  }
}, 60_000);
