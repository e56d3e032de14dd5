import { reaches, scopeOf, type Actor } from '../access/actor.ts';
import { actionPermission } from '../access/permission.ts';
import { refuse } from '../command/refusal.ts';
import { commandRefusals } from '../command/refusals.ts';
import type { RowScope } from '../db/database.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context, System } from '../http/context.server.ts';
import type { Product } from '../product.server.ts';
import { text } from '../i18n/text.ts';

/** What an import needs of the running product. */
export interface ImportEngine {
  readonly product: Product;
  /** The user as they stand now, with today's grants; undefined where they may no longer work. */
  readonly actorOf: (system: System, userId: string) => Promise<Actor | undefined>;
}

export function definitionOf(engine: ImportEngine, kind: string): AnyDefinition {
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

/** Work of a job on behalf of the person who started it. */
export async function contextOf(engine: ImportEngine, system: System, userId: string, sessionId: string): Promise<Context> {
  const actor = await engine.actorOf(system, userId);
  if (!actor) refuse(commandRefusals.notPermitted({ action: text('继续导入', 'go on with the import'), permission: 'session' }));
  return { system, actor, requestId: sessionId, ip: null, userAgent: null };
}
