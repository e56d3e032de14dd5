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
import type { Fields } from './field.ts';

/** The common states; a document picks the ones it uses and may add its own between draft and posted. */
export const commonStates = {
  draft: { label: text('草稿', 'Draft'), tone: 'draft' },
  submitted: { label: text('已提交', 'Submitted'), tone: 'waiting' },
  approved: { label: text('已批准', 'Approved'), tone: 'info' },
  posted: { label: text('已过账', 'Posted'), tone: 'good' },
  closed: { label: text('已关闭', 'Closed'), tone: 'draft' },
  cancelled: { label: text('已取消', 'Cancelled'), tone: 'draft' },
  reversed: { label: text('已冲销', 'Reversed'), tone: 'refused' },
} as const satisfies Record<string, StateDefinition>;

interface DocumentDeclaration<H extends Fields, L extends LineSets, F> {
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
  states: Readonly<Record<string, StateDefinition>>;
  /** Beyond `create` and `amend`, which every document has. */
  actions: Readonly<Record<string, ActionDefinition<Doc<H, L>, F, any>>>;
  /** Checks shared by create and amend. */
  check?: ActionDefinition<Doc<H, L>, F>['refuse'];
  numbering: Numbering;
  list: ListDefinition;
  title: (doc: Doc<H, L>) => LocalText;
  derive?: (doc: Doc<H, L>, context?: DeriveContext) => Partial<Doc<H, L>>;
  occurredOnField: keyof H & string;
  warehouseField?: keyof H & string;
  icon?: string;
}

/**
 * Declares a document kind. From this the kernel derives table access, routes, OpenAPI, client, permissions, number series,
 * transitions, list, form, actions with reasons, import template, dictionary and the structural tests.
 */
export const defineDocument =
  <F = Record<never, never>>() =>
  <H extends Fields, L extends LineSets = Record<never, never>>(d: DocumentDeclaration<H, L, F>): Definition<H, L, F> => {
    const { check, ...rest } = d;
    const checked = check ? { refuse: check } : {};
    return {
      ...rest,
      nature: 'document',
      lines: d.lines ?? ({} as L),
      isEntityScoped: d.isEntityScoped ?? true,
      actions: {
        create: { label: text('新建', 'Create'), from: ['new'], to: 'draft', editsContent: true, ...checked },
        amend: { label: text('修改', 'Amend'), from: ['draft'], to: 'draft', editsContent: true, ...checked },
        ...d.actions,
      },
    };
  };

/** Ready-made actions most documents share. */
export const standardActions = {
  cancel: {
    label: text('取消', 'Cancel'),
    from: ['draft', 'submitted', 'approved'],
    to: 'cancelled',
    reason: 'required',
    isDangerous: true,
  },
  reverse: (action: string): ActionDefinition => ({
    label: text('冲销', 'Reverse'),
    from: ['posted'],
    to: 'reversed',
    reason: 'required',
    isDangerous: true,
    reverses: action,
  }),
} as const;
