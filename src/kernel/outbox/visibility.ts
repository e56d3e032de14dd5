import { reaches, scopeOf, type Actor } from '../access/actor.ts';
import { viewPermission } from '../access/permission.ts';
import type { AnyDefinition } from '../document/definition.ts';

/** The part of an event that decides who may know of it. */
export interface Announced {
  readonly kind: string;
  readonly entityId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Whether an actor may hear that something happened: they may view the kind in that entity, warehouse and, where they see only their
 * own, made it themselves. An event with `payload.audience` (user ids) is for these people only, whatever its kind. What nobody
 * declared is told to nobody.
 */
export function maySee(actor: Actor, event: Announced, definition: AnyDefinition | undefined): boolean {
  const audience = event.payload['audience'];
  if (Array.isArray(audience)) return audience.includes(actor.id);
  if (!definition) return false;
  const scope = scopeOf(actor, viewPermission(definition));
  if (!scope || !reaches(scope.entityIds, event.entityId)) return false;
  if (scope.ownOnlyFor !== null && event.payload['createdBy'] !== actor.id) return false;
  if (definition.warehouseField === undefined || scope.warehouseIds === '*') return true;
  const warehouseId = text(event.payload['warehouseId']);
  return warehouseId !== null && scope.warehouseIds.includes(warehouseId);
}
