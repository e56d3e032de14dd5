import type { AnyDefinition } from '../document/definition.ts';
import type { Context } from '../http/context.server.ts';
import type { OutboxEvent } from './append.server.ts';

/**
 * What others hear when something happened to a document or record. Creator and warehouse travel along because the live stream
 * decides by them who may hear it; content does not: it is read through the routes that check and mask it.
 */
export const documentEvent = (context: Context, definition: AnyDefinition, doc: any, action: string): OutboxEvent => ({
  name: `${definition.kind}.${action}`,
  kind: definition.kind,
  recordId: doc.id,
  entityId: doc.entityId,
  version: doc.version,
  payload: {
    state: doc.state,
    action,
    actorId: context.actor.id,
    actorName: context.actor.name,
    number: doc.number,
    createdBy: doc.createdBy,
    warehouseId: definition.warehouseField ? doc[definition.warehouseField] : null,
  },
});
