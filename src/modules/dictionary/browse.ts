import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { Dictionary, KindEntry } from './operations.ts';

/** What the dictionary lists across all modules. */
export const sections = {
  permissions: text('权限', 'Permissions'),
  conflicts: text('职责分离', 'Segregation of duties'),
  refusals: text('拒绝原因', 'Refusals'),
  sensitivities: text('敏感级别', 'Sensitivities'),
  jobs: text('后台任务', 'Jobs'),
  operations: text('接口', 'Operations'),
} as const;
export type SectionName = keyof typeof sections;

interface SectionRow {
  readonly key: string;
  /** Plain strings are names; texts are words. */
  readonly cells: readonly (string | LocalText)[];
}

const head = {
  name: text('标识', 'Name'),
  label: text('名称', 'Label'),
  module: text('模块', 'Module'),
  rule: text('规则', 'Rule'),
  status: text('状态码', 'Status'),
  wayOut: text('出路', 'Way out'),
  text: text('内容', 'Text'),
  when: text('时间', 'When'),
  method: text('方法', 'Method'),
  path: text('路径', 'Path'),
  access: text('访问', 'Access'),
  reason: text('原因', 'Reason'),
  pair: text('不相容权限', 'Permissions'),
};

/** One section as a table. */
export function sectionRows(d: Dictionary, name: SectionName): { heads: readonly LocalText[]; rows: readonly SectionRow[] } {
  switch (name) {
    case 'permissions':
      return {
        heads: [head.name, head.label, head.module],
        rows: d.permissions.map((p) => ({ key: p.name, cells: [p.name, p.label, p.module] })),
      };
    case 'conflicts':
      return {
        heads: [head.pair, head.reason],
        rows: d.conflicts.map((c) => ({ key: c.permissions.join(' '), cells: [c.permissions.join(' × '), c.reason] })),
      };
    case 'refusals':
      return {
        heads: [head.name, head.status, head.rule, head.text, head.wayOut],
        rows: d.refusals.map((r) => ({ key: r.code, cells: [r.code, String(r.status), r.rule ?? '–', r.text, r.wayOut] })),
      };
    case 'sensitivities':
      return {
        heads: [head.name, head.label, head.module],
        rows: d.sensitivities.map((s) => ({ key: s.name, cells: [s.name, s.label, s.module] })),
      };
    case 'jobs':
      return {
        heads: [head.name, head.module, head.when],
        rows: d.jobs.map((j) => ({ key: j.name, cells: [j.name, j.module, j.cron ?? '–'] })),
      };
    case 'operations':
      return {
        heads: [head.name, head.method, head.path, head.label, head.access],
        rows: d.operations.map((o) => ({ key: o.id, cells: [o.id, o.method, o.path, o.summary, o.access] })),
      };
  }
}

/** Something found, and what to open to see it. */
export interface Hit {
  readonly key: string;
  readonly sort: LocalText;
  readonly name: string;
  readonly label: LocalText;
  /** What it belongs to. */
  readonly of?: LocalText;
  readonly open: string;
}

const sort = {
  kind: text('单据/主数据', 'Kind'),
  field: text('字段', 'Field'),
  state: text('状态', 'State'),
  action: text('操作', 'Action'),
  permission: text('权限', 'Permission'),
  refusal: text('拒绝', 'Refusal'),
  sensitivity: text('敏感级别', 'Sensitivity'),
  operation: text('接口', 'Operation'),
};

const inKind = (k: KindEntry): Hit[] => {
  const hit = (what: keyof typeof sort, name: string, label: LocalText): Hit => ({
    key: `${k.kind}/${what}/${name}`,
    sort: sort[what],
    name,
    label,
    of: k.label,
    open: k.kind,
  });
  return [
    { key: k.kind, sort: sort.kind, name: k.kind, label: k.label, open: k.kind },
    ...k.fields.map((f) => hit('field', f.name, f.label)),
    ...k.lines.flatMap((set) => set.fields.map((f) => hit('field', `${set.name}.${f.name}`, f.label))),
    ...k.states.map((s) => hit('state', s.name, s.label)),
    ...k.actions.map((a) => hit('action', a.name, a.label)),
  ];
};

const everything = (d: Dictionary): Hit[] => [
  ...d.kinds.flatMap(inKind),
  ...d.permissions.map((p) => ({ key: `p/${p.name}`, sort: sort.permission, name: p.name, label: p.label, open: '~permissions' })),
  ...d.refusals.map((r) => ({ key: `r/${r.code}`, sort: sort.refusal, name: r.code, label: r.text, open: '~refusals' })),
  ...d.sensitivities.map((s) => ({ key: `s/${s.name}`, sort: sort.sensitivity, name: s.name, label: s.label, open: '~sensitivities' })),
  ...d.operations.map((o) => ({ key: `o/${o.id}`, sort: sort.operation, name: o.id, label: o.summary, open: '~operations' })),
];

/** Everything whose name or words in either language hold every word of the query; names that begin with it come first. */
export function searchDictionary(d: Dictionary, query: string): Hit[] {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  const first = asked[0];
  if (first === undefined) return [];
  const found = everything(d).filter((h) => {
    const whole = `${h.name} ${h.label.zh} ${h.label.en} ${h.of?.zh ?? ''} ${h.of?.en ?? ''}`.toLowerCase();
    return asked.every((word) => whole.includes(word));
  });
  const rank = (h: Hit): number =>
    [h.name, h.label.zh, h.label.en].some((w) => w.toLowerCase() === first) ? 0 : h.name.toLowerCase().startsWith(first) ? 1 : 2;
  return found
    .map((h, at) => ({ h, at }))
    .toSorted((a, b) => rank(a.h) - rank(b.h) || a.at - b.at)
    .map(({ h }) => h);
}
