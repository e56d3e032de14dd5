import type { Field } from '#kernel/document/field.ts';

export type NamedField = readonly [string, Field];

export interface FieldGroup {
  readonly name: 'main' | 'choices' | 'switches';
  readonly fields: readonly NamedField[];
}

/** A form of more fields than this is read in parts: what is typed, what is chosen, what is ticked. */
const longForm = 14;

/**
 * Header fields in the groups they are shown in: switches stand together at the end, never between boxes to type in; a long form
 * puts its choices together, too. Within a group the order of the definition holds.
 */
export function fieldGroups(fields: readonly NamedField[]): readonly FieldGroup[] {
  const isSwitch = ([, f]: NamedField) => f.kind === 'boolean';
  const isChoice = ([, f]: NamedField) => fields.length > longForm && f.kind === 'choice';
  const groups: readonly FieldGroup[] = [
    { name: 'main', fields: fields.filter((f) => !isSwitch(f) && !isChoice(f)) },
    { name: 'choices', fields: fields.filter(isChoice) },
    { name: 'switches', fields: fields.filter(isSwitch) },
  ];
  return groups.filter((group) => group.fields.length > 0);
}
