import * as z from 'zod';
import type { LocalText } from '../i18n/text.ts';

export type FieldKind =
  | 'text'
  | 'longText'
  | 'code'
  | 'date'
  | 'instant'
  | 'integer'
  | 'decimal'
  | 'quantity'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'ref'
  | 'textList';

/** One field of a document, record or line: its value type, how it is checked, stored, shown and described. */
export interface Field<T = unknown> {
  readonly kind: FieldKind;
  readonly label: LocalText;
  readonly help?: LocalText | undefined;
  readonly isOptional: boolean;
  /** Computed by `derive` on the server; never accepted from outside. */
  readonly isDerived: boolean;
  /** Kind of record or document that a `ref` points to. */
  readonly target?: string | undefined;
  readonly options?: Readonly<Record<string, LocalText>> | undefined;
  /** Name of the sensitivity class that decides who sees the value (`access/masking`). */
  readonly sensitivity?: string | undefined;
  /** Decimal places kept, for decimal, quantity and money. */
  readonly scale?: number | undefined;
  readonly max?: number | undefined;
  /** A value given when a new one is made. */
  readonly initial?: unknown;
  /** Checks and normalises an incoming value; absent optional values become null. */
  readonly schema: z.ZodType<T>;
}

export type Fields = Readonly<Record<string, Field<any>>>;
export type ValueOf<F> = F extends Field<infer T> ? T : never;
/** The stored values of a set of fields. */
export type Values<F extends Fields> = { -readonly [K in keyof F]: ValueOf<F[K]> };
type OptionalKeys<F extends Fields> = { [K in keyof F]: null extends ValueOf<F[K]> ? K : never }[keyof F];
/** What a caller may send: optional fields may be left out. */
export type InputOf<F extends Fields> = Omit<Values<F>, OptionalKeys<F>> & Partial<Pick<Values<F>, OptionalKeys<F>>>;

interface Common {
  label: LocalText;
  help?: LocalText;
  optional?: boolean;
  derived?: boolean;
  sensitivity?: string;
  initial?: unknown;
}

type Maybe<O, T> = O extends { optional: true } ? T | null : T;

function make<T, O extends Common>(kind: FieldKind, options: O, base: z.ZodType<T>, more: Partial<Field> = {}): Field<Maybe<O, T>> {
  const schema = options.optional
    ? z
        .union([base, z.null(), z.literal('').transform(() => null)])
        .optional()
        .transform((v) => v ?? null)
    : base;
  return {
    kind,
    label: options.label,
    help: options.help,
    isOptional: options.optional ?? false,
    isDerived: options.derived ?? false,
    sensitivity: options.sensitivity,
    initial: options.initial,
    ...more,
    schema: schema as unknown as z.ZodType<Maybe<O, T>>,
  };
}

// Control characters never belong into a field (NUL cannot be stored by PostgreSQL at all), nor do marks that turn the direction of
// writing: with them a lot number can look like another one. Line breaks only in long text.
const noControl = /^[^\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/;
const noControlButLines = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/;

/** An exact decimal as a string, e.g. `-12.50`; at most 14 digits before the point. */
const decimalSchema = (scale: number, signed: boolean) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^${signed ? '-?' : ''}\\d{1,14}(\\.\\d{1,${Math.max(scale, 1)}})?$`));

export const field = {
  text: <const O extends Common & { max?: number; pattern?: RegExp }>(o: O) => {
    const max = o.max ?? 200;
    const s = z.string().trim().min(1).max(max).regex(noControl);
    return make('text', o, o.pattern ? s.regex(o.pattern) : s, { max });
  },
  longText: <const O extends Common & { max?: number }>(o: O) =>
    make(
      'longText',
      o,
      z
        .string()
        .trim()
        .min(1)
        .max(o.max ?? 4000)
        .regex(noControlButLines),
      { max: o.max ?? 4000 },
    ),
  /** A code people type and read: no spaces at the ends, compared case-sensitively. */
  code: <const O extends Common & { max?: number; pattern?: RegExp }>(o: O) => {
    const max = o.max ?? 64;
    const s = z.string().trim().min(1).max(max).regex(noControl);
    return make('code', o, o.pattern ? s.regex(o.pattern) : s, { max });
  },
  /** A calendar day, `YYYY-MM-DD`, without time zone. */
  date: <const O extends Common>(o: O) => make('date', o, z.iso.date()),
  /** A moment, ISO 8601 in UTC. */
  instant: <const O extends Common>(o: O) => make('instant', o, z.iso.datetime({ offset: true })),
  integer: <const O extends Common & { min?: number; max?: number }>(o: O) =>
    make(
      'integer',
      o,
      z
        .number()
        .int()
        .min(o.min ?? -2147483648)
        .max(o.max ?? 2147483647),
    ),
  decimal: <const O extends Common & { scale?: number; signed?: boolean }>(o: O) =>
    make('decimal', o, decimalSchema(o.scale ?? 6, o.signed ?? true), { scale: o.scale ?? 6 }),
  /** A non-negative amount of goods in the product's base unit. */
  quantity: <const O extends Common & { scale?: number }>(o: O) =>
    make('quantity', o, decimalSchema(o.scale ?? 6, false), { scale: o.scale ?? 6 }),
  /** An amount of money in the document's currency. */
  money: <const O extends Common & { scale?: number; signed?: boolean }>(o: O) =>
    make('money', o, decimalSchema(o.scale ?? 2, o.signed ?? false), { scale: o.scale ?? 2 }),
  boolean: <const O extends Common>(o: O) => make('boolean', o, z.boolean()),
  choice: <const V extends Readonly<Record<string, LocalText>>, const O extends Common>(choices: V, o: O) =>
    make<keyof V & string, O>(
      'choice',
      o,
      z.enum(Object.keys(choices) as [string, ...string[]]) as unknown as z.ZodType<keyof V & string>,
      {
        options: choices,
      },
    ),
  /** The id of another record or document, of the kind named. */
  ref: <const O extends Common>(target: string, o: O) =>
    make('ref', o, z.string().regex(/^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$/), { target }),
  textList: <const O extends Common & { max?: number; options?: Readonly<Record<string, LocalText>> }>(o: O) =>
    make('textList', o, z.array(z.string().trim().min(1).max(200).regex(noControl)).max(o.max ?? 2000), { options: o.options }),
};
