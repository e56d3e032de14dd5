import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { StateDiagramView } from './diagram.web.tsx';
import type { ActionEntry, FieldEntry, KindEntry } from './operations.ts';

const words = {
  name: text('标识', 'Name'),
  label: text('名称', 'Label'),
  other: text('另一语言', 'Other language'),
  type: text('类型', 'Type'),
  need: text('填写', 'Given'),
  meaning: text('说明', 'Meaning'),
  required: text('必填', 'required'),
  optional: text('可空', 'optional'),
  derived: text('系统计算', 'computed'),
  fields: text('字段', 'Fields'),
  states: text('状态与操作', 'States and actions'),
  actions: text('操作', 'Actions'),
  fromTo: text('从 → 到', 'From → to'),
  permission: text('权限', 'Permission'),
  demands: text('要求', 'Demands'),
  reason: text('须填原因', 'reason'),
  signature: text('电子签名', 'signature'),
  approval: text('可要求审批', 'may need approval'),
  posts: text('过账', 'posts'),
  notBy: text('不得由执行过这些的人操作：', 'not by whoever did: '),
  gates: text('关卡：', 'gates: '),
  lines: text('行', 'lines'),
  table: text('数据表', 'Table'),
  path: text('接口', 'API'),
  numbering: text('编号', 'Number'),
  gapless: text('不断号', 'no gaps'),
  perEntity: text('按公司', 'per company'),
  groupWide: text('集团共用', 'group-wide'),
  opened: text('打开列表', 'Open the list'),
};

const otherLanguage = (label: LocalText, locale: string): string => (locale === 'zh-CN' ? label.en : label.zh);

function FieldRow({ field, onOpen }: { field: FieldEntry; onOpen: (kind: string) => void }) {
  const { t, locale } = useLocale();
  const need = field.isDerived ? words.derived : field.isOptional ? words.optional : words.required;
  const size = [field.max === null ? null : `≤ ${field.max}`, field.scale === null ? null : `.${field.scale}`].filter(Boolean).join(' ');
  return (
    <tr>
      <th scope="row">
        <code>{field.name}</code>
      </th>
      <td>{t(field.label)}</td>
      <td className="dict-quiet">{otherLanguage(field.label, locale)}</td>
      <td>
        {field.kind} {size && <span className="dict-quiet">{size}</span>}
        {field.target && (
          <>
            {' '}
            →{' '}
            <button type="button" className="dict-link" onClick={() => onOpen(field.target ?? '')}>
              {field.target}
            </button>
          </>
        )}
      </td>
      <td className={field.isOptional || field.isDerived ? 'dict-quiet' : ''}>{t(need)}</td>
      <td>
        {field.help && <span>{t(field.help)} </span>}
        {field.sensitivity && <span className="dict-tag dict-tag-waiting">{field.sensitivity}</span>}
        {field.options.length > 0 && (
          <span className="dict-options">
            {field.options.map((o) => (
              <span key={o.value}>
                <code>{o.value}</code> {t(o.label)}
              </span>
            ))}
          </span>
        )}
      </td>
    </tr>
  );
}

function FieldTable({ fields, caption, onOpen }: { fields: readonly FieldEntry[]; caption: string; onOpen: (kind: string) => void }) {
  const { t } = useLocale();
  const heads = [words.name, words.label, words.other, words.type, words.need, words.meaning];
  return (
    <div className="dict-scroll">
      <table className="dict-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((h) => (
              <th key={h.en} scope="col">
                {t(h)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((f) => (
            <FieldRow key={f.name} field={f} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function demandsOf(action: ActionEntry, t: (value: LocalText) => string): string[] {
  return [
    ...(action.posts ? [t(words.posts)] : []),
    ...(action.reason === 'required' ? [t(words.reason)] : []),
    ...(action.signature ? [`${t(words.signature)} (${t(action.signature)})`] : []),
    ...(action.canNeedApproval ? [t(words.approval)] : []),
    ...(action.notBy.length > 0 ? [`${t(words.notBy)}${action.notBy.join(', ')}`] : []),
    ...(action.gates.length > 0 ? [`${t(words.gates)}${action.gates.join(', ')}`] : []),
    ...action.input.map((f) => `${f.name}: ${t(f.label)}`),
  ];
}

function ActionTable({ kind }: { kind: KindEntry }) {
  const { t, locale } = useLocale();
  const heads = [words.name, words.label, words.other, words.fromTo, words.permission, words.demands];
  return (
    <div className="dict-scroll">
      <table className="dict-table">
        <caption>{t(words.actions)}</caption>
        <thead>
          <tr>
            {heads.map((h) => (
              <th key={h.en} scope="col">
                {t(h)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kind.actions.map((a) => (
            <tr key={a.name}>
              <th scope="row">
                <code>{a.name}</code>
              </th>
              <td className={a.isDangerous ? 'dict-danger' : ''}>{t(a.label)}</td>
              <td className="dict-quiet">{otherLanguage(a.label, locale)}</td>
              <td className="dict-quiet">
                {a.from.join(', ')} → {a.to}
              </td>
              <td>
                <code>{a.permission}</code>
              </td>
              <td>
                {demandsOf(a, t).map((d) => (
                  <span key={d} className="dict-tag">
                    {d}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One kind of document or record: what it is called, holds, goes through and lets happen. */
export function KindView({ kind, onOpen }: { kind: KindEntry; onOpen: (kind: string) => void }) {
  const { t, locale } = useLocale();
  const facts = [
    [t(words.name), kind.kind],
    [t(words.table), kind.table],
    [t(words.path), kind.path],
    ...(kind.numbering
      ? [[t(words.numbering), `${kind.numbering.pattern}${kind.numbering.isGapless ? ` (${t(words.gapless)})` : ''}`]]
      : []),
    ['ID', `${kind.idPrefix}_…`],
  ];
  return (
    <article className="dict-kind">
      <header>
        <h2>
          {t(kind.label)} <span className="dict-quiet">{otherLanguage(kind.label, locale)}</span>
        </h2>
        <a className="button" href={`/m/${kind.module}/${kind.path.split('/').at(-1)}`}>
          {t(words.opened)}
        </a>
      </header>
      <dl className="dict-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t(words.perEntity)}</dt>
          <dd>{kind.isEntityScoped ? '✓' : t(words.groupWide)}</dd>
        </div>
      </dl>
      <h3>{t(words.states)}</h3>
      <StateDiagramView kind={kind} />
      <ActionTable kind={kind} />
      <FieldTable fields={kind.fields} caption={t(words.fields)} onOpen={onOpen} />
      {kind.lines.map((set) => (
        <FieldTable
          key={set.name}
          fields={set.fields}
          onOpen={onOpen}
          caption={`${t(set.label)} · lines.${set.name} (${set.min}–${set.max} ${t(words.lines)})`}
        />
      ))}
    </article>
  );
}
