import type { AnyDefinition } from '../document/definition.ts';
import { actionPermission, viewPermission } from '../access/permission.ts';
import type { Actor } from '../access/actor.ts';
import type { Envelope } from '../command/command.server.ts';
import { runCommand } from '../command/pipeline.server.ts';
import { RefusedError } from '../command/refusal.ts';
import { sql } from '../db/sql.server.ts';
import type { Context } from '../http/context.server.ts';
import type { CommandAnswer } from '../http/wire.ts';
import type { ModuleServer } from '../module.server.ts';
import { buildProduct, type Ports, type Product } from '../product.server.ts';
import { testSystem, type TestSystem } from './world.server.ts';

const ENTITY = 'ent_01JTEST0000000000000000000';

/** Nobody logs in, nothing is signed or approved: a stage shows one module at work, not the whole company. */
const unsigned = async (): Promise<never> => {
  throw new Error('nobody signs on this stage');
};
const barePorts: Ports = {
  authentication: { authenticate: async () => undefined },
  signature: { confirm: unsigned, sign: unsigned, signaturesOf: async () => [] },
  entities: { facts: async (_tx, id) => ({ id, functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' }), all: async () => [] },
  approvals: { demand: async () => undefined, waitingOn: async () => undefined, isGranted: async () => false },
  people: {
    holdersOf: async () => [],
    holdersOfRole: async () => [],
    substitutesFor: async () => new Map(),
    actorOf: async () => undefined,
    namesOf: async () => new Map(),
  },
};

/** Somebody with certain permissions on a stage. */
export interface StagePerson {
  readonly context: Context;
  create(definition: AnyDefinition, content: unknown, envelope?: Partial<Envelope>): Promise<CommandAnswer>;
  amend(definition: AnyDefinition, id: unknown, content: unknown, envelope?: Partial<Envelope>): Promise<CommandAnswer>;
  act(definition: AnyDefinition, id: unknown, action: string, envelope?: Partial<Envelope>): Promise<CommandAnswer>;
}

/** A few modules on a database of their own, with one company and a clock that stands still. */
export interface Stage {
  readonly product: Product;
  readonly system: TestSystem;
  readonly entityId: string;
  /** A person holding exactly these permissions (`*` and `module.*` as in roles). */
  person(...permissions: string[]): StagePerson;
}

let keys = 0;
const newKey = (): string => `stage-key-${(keys += 1)}`;

function actor(name: string, permissions: readonly string[]): Actor {
  const grants = permissions.map((permission) => ({
    permission,
    entityIds: [ENTITY],
    warehouseIds: '*' as const,
    regions: '*' as const,
    isOwnOnly: false,
  }));
  return { kind: 'user', id: `usr_${name}`, name, sessionId: null, grants };
}

export async function stage(modules: readonly ModuleServer[]): Promise<Stage> {
  const system = await testSystem();
  const product = buildProduct(modules, barePorts);
  await system.db.write({ entityIds: '*', userId: null }, (tx) =>
    tx.query(sql`
      insert into organisation.legal_entity (id, number, state, version, created_by, code, name_zh, name_en, country, functional_currency, time_zone)
      values (${ENTITY}, 'STAGE', 'active', 1, 'system', 'STAGE', '舞台公司', 'Stage company', 'CN', 'CNY', 'Asia/Shanghai')`),
  );
  let people = 0;
  return {
    product,
    system,
    entityId: ENTITY,
    person: (...permissions) => {
      const context: Context = {
        system,
        actor: actor(`person${(people += 1)}`, permissions),
        requestId: 'stage',
        ip: null,
        userAgent: null,
      };
      const run = (definition: AnyDefinition, action: string, rest: { id?: string; content?: unknown }, envelope: Partial<Envelope>) =>
        runCommand(product, context, {
          definition,
          action,
          ...rest,
          envelope: { idempotencyKey: newKey(), dryRun: false, entityId: ENTITY, ...envelope },
        });
      return {
        context,
        create: (definition, content, envelope = {}) => run(definition, 'create', { content }, envelope),
        amend: (definition, id, content, envelope = {}) => run(definition, 'amend', { id: String(id), content }, envelope),
        act: (definition, id, action, envelope = {}) => run(definition, action, { id: String(id) }, envelope),
      };
    },
  };
}

/** The permissions to see a kind and do everything with it. */
export const everythingWith = (d: AnyDefinition): string[] => [
  viewPermission(d),
  ...Object.keys(d.actions).map((a) => actionPermission(d, a)),
];

/** The codes a command was refused with; none when it was done. */
export async function refusalCodes(command: Promise<unknown>): Promise<string[]> {
  try {
    await command;
    return [];
  } catch (error) {
    if (error instanceof RefusedError) return error.refusals.map((r) => r.code);
    throw error;
  }
}
