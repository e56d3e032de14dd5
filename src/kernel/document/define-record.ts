import { text, type LocalText } from '../i18n/text.ts';
import type {
  ActionDefinition,
  Definition,
  DeriveContext,
  Doc,
  LineSets,
  ListDefinition,
  Numbering,
  StateDefinition,
} from './definition.ts';
import { field, type Fields } from './field.ts';

const recordStates = {
  active: { label: text('启用', 'Active'), tone: 'good' },
  inactive: { label: text('停用', 'Inactive'), tone: 'draft' },
} as const satisfies Record<string, StateDefinition>;

/** From when a change holds: the day after which older documents no longer see the old values. */
const changeInput = {
  validFrom: field.date({ label: text('生效日期', 'Valid from'), optional: true, help: text('留空即今天生效', 'Empty means today') }),
};

interface RecordDeclaration<H extends Fields, L extends LineSets, F> {
  kind: string;
  module: string;
  plural: string;
  idPrefix: string;
  label: LocalText;
  pluralLabel: LocalText;
  table: string;
  isEntityScoped?: boolean;
  header: H;
  lines?: L;
  /**
   * Where a new one starts, instead of `active`: a record with a life of its own (first approval…) brings all its states and every action
   * besides `create`.
   */
  initialState?: string;
  /** More states than active and inactive, or with `initialState` all of them. */
  states?: Readonly<Record<string, StateDefinition>>;
  actions?: Readonly<Record<string, ActionDefinition<Doc<H, L>, F, any>>>;
  check?: ActionDefinition<Doc<H, L>, F>['refuse'];
  /** Unique within the entity (or the group); shown as the record's number. A record without a code of its own is numbered. */
  codeField?: keyof H & string;
  numbering?: Numbering;
  list: ListDefinition;
  title: (doc: Doc<H, L>) => LocalText;
  derive?: (doc: Doc<H, L>, context?: DeriveContext) => Partial<Doc<H, L>>;
  icon?: string;
}

/**
 * Declares a kind of versioned master data: every change makes a dated version with a reason, none is ever lost, and a document
 * can ask what held on a day. Same pipeline, list and page as documents.
 */
export const defineRecord =
  <F = Record<never, never>>() =>
  <H extends Fields, L extends LineSets = Record<never, never>>(d: RecordDeclaration<H, L, F>): Definition<H, L, F> => {
    const { check, initialState, ...rest } = d;
    const checked = check ? { refuse: check } : {};
    const create = { label: text('新建', 'Create'), from: ['new'], to: initialState ?? 'active', editsContent: true, ...checked };
    const switching: Readonly<Record<string, ActionDefinition<Doc<H, L>, F, any>>> = {
      change: {
        label: text('变更', 'Change'),
        from: ['active'],
        to: 'active',
        editsContent: true,
        reason: 'required',
        isPrimary: true,
        input: changeInput,
        ...checked,
      },
      deactivate: { label: text('停用', 'Deactivate'), from: ['active'], to: 'inactive', reason: 'required', isDangerous: true },
      activate: { label: text('启用', 'Activate'), from: ['inactive'], to: 'active', reason: 'required' },
    };
    return {
      ...rest,
      nature: 'record',
      lines: d.lines ?? ({} as L),
      isEntityScoped: d.isEntityScoped ?? false,
      states: initialState === undefined ? { ...recordStates, ...d.states } : (d.states ?? {}),
      actions: { create, ...(initialState === undefined ? switching : {}), ...d.actions },
    };
  };
