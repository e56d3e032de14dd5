import type { AnyDefinition } from '../document/definition.ts';

/** Sees list, detail, search, export and print of a kind. */
export const viewPermission = (d: AnyDefinition): string => `${d.module}.${d.kind}.view`;
/** Performs an action of a kind. */
export const actionPermission = (d: AnyDefinition, action: string): string =>
  d.actions[action]?.permission ?? `${d.module}.${d.kind}.${action}`;
/** How much of a sensitivity class is seen. */
export const sensitivityPermission = (name: string, level: 'full' | 'masked'): string => `sensitive.${name}.${level}`;
