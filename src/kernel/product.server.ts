import type { AuthenticationPort, PeoplePort, SignaturePort } from './access/ports.server.ts';
import type { Tx } from './db/database.server.ts';
import type { ActionDefinition, AnyDefinition } from './document/definition.ts';
import type { Context } from './http/context.server.ts';
import type { LocalText } from './i18n/text.ts';
import type { Contribution, DefinitionServer, Gate, Job, ModuleServer } from './module.server.ts';

/** What the kernel must know of a legal entity. */
export interface EntityFacts {
  readonly id: string;
  readonly functionalCurrency: string;
  readonly timeZone: string;
}

export interface EntityPort {
  /** Facts of an entity inside the transaction's scope; undefined where there is none. */
  facts(tx: Tx, entityId: string): Promise<EntityFacts | undefined>;
  /** All active entities in the transaction's scope, the first founded first. */
  all(tx: Tx): Promise<readonly EntityFacts[]>;
}

/** Days and amounts of what belongs to no single company. */
export const groupFacts: EntityFacts = { id: '', functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' };

/** A command as it is kept while it waits for approval and then carried out on behalf of the requester. */
export interface ApprovalDemand {
  readonly definition: AnyDefinition;
  readonly action: string;
  readonly actionDefinition: ActionDefinition;
  readonly doc: any;
  /** Compared with limits, in the entity's functional currency; null where the action has no amount. */
  readonly amount: string | null;
  readonly context: Context;
  readonly request: {
    readonly content: unknown;
    readonly input: unknown;
    readonly reason: string | null;
    readonly occurredOn: string | null;
  };
}

export interface ApprovalPort {
  /** Opens a request where a policy asks for one and returns its id; undefined where none is needed. */
  demand(tx: Tx, demand: ApprovalDemand): Promise<string | undefined>;
  /** The request waiting on a record. */
  waitingOn(tx: Tx, recordId: string): Promise<{ id: string; action: string; summary: LocalText } | undefined>;
  /** Whether this request was granted for exactly this command and is not used yet. */
  isGranted(tx: Tx, approvalId: string, recordId: string, action: string): Promise<boolean>;
}

/** What modules provide to the kernel. */
export interface Ports {
  readonly authentication: AuthenticationPort;
  readonly signature: SignaturePort;
  readonly people: PeoplePort;
  readonly entities: EntityPort;
  readonly approvals: ApprovalPort;
}

/** The whole product: every module joined, looked up by kind. */
export interface Product {
  readonly modules: readonly ModuleServer[];
  readonly ports: Ports;
  definition(kind: string): AnyDefinition | undefined;
  server(definition: AnyDefinition): DefinitionServer;
  gatesOn(kind: string, action: string): readonly Gate[];
  readonly definitions: readonly AnyDefinition[];
  readonly contributions: readonly Contribution[];
  readonly jobs: readonly Job[];
}

/** Joins modules. Throws where two claim one kind, one id prefix or one table: a broken build, never a user's error. */
export function buildProduct(modules: readonly ModuleServer[], ports: Ports): Product {
  const servers = new Map<string, DefinitionServer>();
  const claimed = new Set<string>();
  for (const server of modules.flatMap((m) => m.definitions)) {
    const d = server.definition;
    for (const claim of [`kind ${d.kind}`, `prefix ${d.idPrefix}`, `table ${d.table}`, `path ${d.module}/${d.plural}`]) {
      if (claimed.has(claim)) throw new Error(`two definitions claim ${claim}`);
      claimed.add(claim);
    }
    servers.set(d.kind, server);
  }
  const gates = modules.flatMap((m) => m.gates).toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  return {
    modules,
    ports,
    definition: (kind) => servers.get(kind)?.definition,
    server: (definition) => servers.get(definition.kind) ?? { definition },
    gatesOn: (kind, action) => gates.filter((g) => g.on === `${kind}.${action}`),
    definitions: [...servers.values()].map((s) => s.definition),
    contributions: modules.flatMap((m) => m.contributions).toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name)),
    jobs: modules.flatMap((m) => m.jobs),
  };
}
