import type { ActionDefinition, AnyDefinition } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import type { LocalText } from '#kernel/i18n/text.ts';

type Values = Readonly<Record<string, unknown>>;
type Options = Readonly<Record<string, LocalText>>;
type Compute = (definitions: readonly AnyDefinition[], values: Values) => Options;

const canWait = (d: AnyDefinition): readonly [string, ActionDefinition][] =>
  Object.entries(d.actions).filter((entry): entry is [string, ActionDefinition] => entry[1].approval !== undefined);

const kindsWhere =
  (isMeant: (d: AnyDefinition) => boolean): Compute =>
  (definitions) =>
    Object.fromEntries(definitions.filter(isMeant).map((d) => [d.kind, d.label]));

/** Fields that hold a name of the product itself: what can stand in them is known only where every module is joined. */
const computed: Readonly<Record<string, Compute>> = {
  'approval-policy.documentKind': kindsWhere((d) => canWait(d).length > 0),
  'approval-policy.documentAction': (definitions, { documentKind }) =>
    Object.fromEntries(
      definitions
        .filter((d) => typeof documentKind !== 'string' || d.kind === documentKind)
        .flatMap((d) => canWait(d).map(([name, action]) => [name, action.label])),
    ),
  'number-pattern.documentKind': kindsWhere((d) => d.numbering !== undefined),
};

/** What can be chosen in a field of this kind, given what else stands in the form; undefined for fields with options of their own. */
export const computedOptions = (
  kind: string,
  name: string,
  definitions: readonly AnyDefinition[],
  values: Values = {},
): Options | undefined => computed[`${kind}.${name}`]?.(definitions, values);

/** The field as it is shown: one whose options are computed is chosen instead of typed. */
export function shownField(kind: string, name: string, field: Field, definitions: readonly AnyDefinition[], values: Values): Field {
  const options = computedOptions(kind, name, definitions, values);
  return options ? { ...field, kind: 'choice', options, help: undefined } : field;
}
