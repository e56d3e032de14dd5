import { useId } from 'react';
import type { Field } from '#kernel/document/field.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { Chip } from '../common/state-chip.web.tsx';
import { EntityText, MoneyText, PersonText } from '../common/values.web.tsx';
import { colourTone } from '../common/zone-tone.ts';
import { useLocale } from '../locale.web.tsx';
import { fieldGroups } from './field-groups.ts';
import { FieldInput } from './field-input.web.tsx';
import { fieldWords, isNumeric } from './field-words.web.ts';
import { useTitles, useWantedTitles } from './titles.web.ts';

interface FieldsProps {
  readonly fields: readonly (readonly [string, Field])[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, LocalText>>;
  readonly isEditing: boolean;
  readonly entityId: string | null;
  readonly today: string;
  readonly onChange: (name: string, value: unknown) => void;
  /** Names of fields changed against another version, marked. */
  readonly marked?: ReadonlySet<string>;
}

const isWide = (field: Field): boolean =>
  field.kind === 'longText' || (field.kind === 'textList' && Object.keys(field.options ?? {}).length > 4);

/** Header fields in a dense grid: label above, unit beside it, help and error below. */
export function FieldsGrid(props: FieldsProps) {
  return (
    <div className="dp-groups">
      {fieldGroups(props.fields).map((group) => (
        <div key={group.name} className={`dp-fields dp-${group.name}${props.isEditing ? ' dp-typed' : ''}`}>
          {group.fields.map(([name, field]) => (
            <FieldBox key={name} {...props} name={name} field={field} error={props.errors[name]} />
          ))}
        </div>
      ))}
    </div>
  );
}

function FieldBox({
  name,
  field,
  error,
  values,
  isEditing,
  entityId,
  today,
  onChange,
  marked,
}: FieldsProps & { name: string; field: Field; error: LocalText | undefined }) {
  const { t } = useLocale();
  const id = useId();
  const value = values[name];
  const isInput = isEditing && !field.isDerived;
  const note = error ?? (isInput ? field.help : undefined);
  return (
    <div className={`dp-field${isWide(field) ? ' dp-wide' : ''}${marked?.has(name) ? ' dp-marked' : ''}`} data-field={name}>
      {isInput ? (
        <label className="dp-label" htmlFor={id}>
          {t(field.label)}
          {!field.isOptional && field.kind !== 'boolean' && (
            <span className="required" aria-hidden="true">
              {' '}
              *
            </span>
          )}
        </label>
      ) : (
        <span className="dp-label" id={`${id}-label`}>
          {t(field.label)}
        </span>
      )}
      {isInput ? (
        <FieldInput
          id={id}
          field={field}
          value={value}
          onChange={(next) => onChange(name, next)}
          isInvalid={error !== undefined}
          describedBy={note ? `${id}-note` : undefined}
          entityId={entityId}
          today={today}
        />
      ) : (
        <span className={`dp-value${isNumeric(field.kind) ? ' number' : ''}`} aria-labelledby={`${id}-label`} role="group">
          <FieldValue field={field} value={value} />
        </span>
      )}
      {note && (
        <span id={`${id}-note`} className={error ? 'dp-error' : 'dp-help'}>
          {t(note)}
        </span>
      )}
    </div>
  );
}

/** A value for reading. */
export function FieldValue({ field, value }: { field: Field; value: unknown }) {
  const { locale } = useLocale();
  const titles = useTitles();
  useWantedTitles(field.target, [value]);
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return (
      <span className="nothing" aria-hidden="true">
        –
      </span>
    );
  if (field.kind === 'ref') {
    return field.target === 'user' ? (
      <PersonText id={String(value)} titles={titles} />
    ) : (
      <EntityText id={String(value)} titles={titles} {...(field.target ? { kind: field.target } : {})} />
    );
  }
  const tone = field.kind === 'choice' ? colourTone(field.options, value) : undefined;
  if (tone) return <Chip tone={tone} label={field.options?.[String(value)] ?? text('', '')} />;
  if (field.kind === 'money' && typeof value === 'string' && /^-?\d+(\.\d{1,2})?$/.test(value)) return <MoneyText amount={padded(value)} />;
  return <>{fieldWords(field, value, locale, titles)}</>;
}

const padded = (amount: string): string => {
  const [whole = '0', fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
};
