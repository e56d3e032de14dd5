import { reaches, scopeOf, type Actor } from '../access/actor.ts';
import { actionPermission } from '../access/permission.ts';
import { refuse } from '../command/refusal.ts';
import { commandRefusals } from '../command/refusals.ts';
import { systemScope, type RowScope } from '../db/database.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context, System } from '../http/context.server.ts';
import type { Product } from '../product.server.ts';
import { text } from '../i18n/text.ts';

/** What an import needs of the running product, and who started it with the grants they held then. */
export interface ImportEngine {
  readonly product: Product;
  readonly actor: Actor;
}

export function definitionOf(engine: Pick<ImportEngine, 'product'>, kind: string): AnyDefinition {
  return engine.product.definition(kind) ?? refuse(commandRefusals.notFound({ what: text('业务种类', 'kind of record') }));
}

/** The action an import performs on existing records. */
export const updateAction = (d: AnyDefinition): 'change' | 'amend' => (d.nature === 'record' ? 'change' : 'amend');

/**
 * Refuses whoever may not create this kind in this company; without a company, whoever may create it nowhere. Returns the rows the
 * actor reaches.
 */
export function requireImport(actor: Actor, d: AnyDefinition, entityId?: string | null): RowScope {
  const permission = actionPermission(d, 'create');
  const scope = scopeOf(actor, permission);
  const action = text(`导入${d.pluralLabel.zh}`, `import ${d.pluralLabel.en.toLowerCase()}`);
  if (!scope) return refuse(commandRefusals.notPermitted({ action, permission }));
  if (d.isEntityScoped && entityId === null) return refuse(commandRefusals.entityRequired({}));
  if (entityId !== undefined && !reaches(scope.entityIds, entityId)) return refuse(commandRefusals.outOfScope({ action }));
  return { entityIds: scope.entityIds, userId: actor.id };
}

/**
 * Work of a job on behalf of whoever started it: a person with the grants they hold today, a program with those of its key. Refuses
 * where they may no longer do it.
 */
export async function contextOf(
  engine: ImportEngine,
  system: System,
  d: AnyDefinition,
  session: { readonly id: string; readonly entityId: string | null },
): Promise<Context> {
  const today = await system.db.read(systemScope, (tx) => engine.product.ports.people.actorOf(tx, engine.actor.id));
  const actor = engine.actor.kind === 'user' ? today : engine.actor;
  if (!today || !actor)
    refuse(commandRefusals.notPermitted({ action: text('继续导入', 'go on with the import'), permission: actionPermission(d, 'create') }));
  return { system, actor, requestId: session.id, ip: null, userAgent: null };
}
