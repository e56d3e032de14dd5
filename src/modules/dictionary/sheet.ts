import { say, text, type Locale, type LocalText } from '#kernel/i18n/text.ts';
import type { Dictionary, FieldEntry, KindEntry } from './operations.ts';

/** Headings of the flat form, one row per thing. */
export const sheetColumns = [
  { name: 'sort', label: text('类别', 'Sort') },
  { name: 'module', label: text('模块', 'Module') },
  { name: 'of', label: text('所属', 'Belongs to') },
  { name: 'name', label: text('标识', 'Name') },
  { name: 'zh', label: text('中文', 'Chinese') },
  { name: 'en', label: text('英文', 'English') },
  { name: 'type', label: text('类型', 'Type') },
  { name: 'details', label: text('说明', 'Details') },
] as const;

export type SheetRow = Readonly<Record<(typeof sheetColumns)[number]['name'], string>>;

const sorts = {
  document: text('单据', 'Document'),
  record: text('主数据', 'Record'),
  field: text('字段', 'Field'),
  state: text('状态', 'State'),
  action: text('操作', 'Action'),
  permission: text('权限', 'Permission'),
  refusal: text('拒绝原因', 'Refusal'),
  sensitivity: text('敏感级别', 'Sensitivity'),
  job: text('后台任务', 'Job'),
  operation: text('接口', 'Operation'),
};
const marks = { optional: text('可空', 'optional'), derived: text('系统计算', 'derived'), required: text('必填', 'required') };

type Making = (sort: keyof typeof sorts, row: Omit<SheetRow, 'sort' | 'zh' | 'en'>, label: LocalText) => SheetRow;

const maker =
  (locale: Locale): Making =>
  (sort, row, label) => ({ sort: say(sorts[sort], locale), zh: label.zh, en: label.en, ...row });

function fieldRow(make: Making, locale: Locale, k: KindEntry, of: string, f: FieldEntry): SheetRow {
  const need = f.isDerived ? marks.derived : f.isOptional ? marks.optional : marks.required;
  const details = [
    say(need, locale),
    ...(f.help ? [say(f.help, locale)] : []),
    ...(f.target ? [`→ ${f.target}`] : []),
    ...(f.sensitivity ? [f.sensitivity] : []),
    ...(f.options.length > 0 ? [f.options.map((o) => `${o.value} ${say(o.label, locale)}`).join(' / ')] : []),
  ];
  return make('field', { module: k.module, of, name: f.name, type: f.kind, details: details.join('; ') }, f.label);
}

function kindRows(make: Making, locale: Locale, k: KindEntry): SheetRow[] {
  const row = (sort: 'state' | 'action', name: string, label: LocalText, type: string, details: string): SheetRow =>
    make(sort, { module: k.module, of: k.kind, name, type, details }, label);
  return [
    make(k.nature, { module: k.module, of: '', name: k.kind, type: k.table, details: k.numbering?.pattern ?? '' }, k.label),
    ...k.states.map((s) => row('state', s.name, s.label, s.tone, '')),
    ...k.fields.map((f) => fieldRow(make, locale, k, k.kind, f)),
    ...k.lines.flatMap((set) => set.fields.map((f) => fieldRow(make, locale, k, `${k.kind}.${set.name}`, f))),
    ...k.actions.map((a) => row('action', a.name, a.label, `${a.from.join(', ')} → ${a.to}`, a.permission)),
  ];
}

/** The dictionary as rows of one sheet, in the order of the modules. */
export function sheetRows(d: Dictionary, locale: Locale): SheetRow[] {
  const make = maker(locale);
  return [
    ...d.kinds.flatMap((k) => kindRows(make, locale, k)),
    ...d.permissions.map((p) => make('permission', { module: p.module, of: '', name: p.name, type: '', details: '' }, p.label)),
    ...d.refusals.map((r) =>
      make('refusal', { module: r.module, of: r.rule ?? '', name: r.code, type: String(r.status), details: say(r.wayOut, locale) }, r.text),
    ),
    ...d.sensitivities.map((s) => make('sensitivity', { module: s.module, of: '', name: s.name, type: '', details: '' }, s.label)),
    ...d.jobs.map((j) => make('job', { module: j.module, of: '', name: j.name, type: j.cron ?? '', details: '' }, text(j.name, j.name))),
    ...d.operations.map((o) => make('operation', { module: o.tag, of: o.method, name: o.id, type: o.path, details: o.access }, o.summary)),
  ];
}
