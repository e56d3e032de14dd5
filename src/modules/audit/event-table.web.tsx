import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { InstantText } from '#ui/common/values.web.tsx';
import { StateChip } from '#ui/common/state-chip.web.tsx';
import { fieldWords } from '#ui/document/field-words.web.ts';
import type { Titles } from '#ui/document/titles.web.ts';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf, documentPath } from '#ui/product.web.ts';
import type { Filters } from './filters.web.ts';
import type { AuditRow } from './operations.ts';
import { actionWord, isAlarming, kindWord, shownValues, type ShownValue } from './words.ts';

const words = {
  table: text('审计记录', 'Audit rows'),
  when: text('时间', 'When'),
  who: text('人员', 'Who'),
  what: text('操作', 'Action'),
  of: text('对象', 'Of'),
  change: text('变化（原值 → 新值）', 'Change (old → new)'),
  reason: text('原因', 'Reason'),
  line: text('{set} 第 {line} 行', '{set}, line {line}'),
  empty: text('空', 'empty'),
  hidden: text('无权查看', 'hidden'),
  more: text('展开全部 {count} 处变化', 'Show all {count} changes'),
  less: text('收起', 'Show fewer'),
  details: text('详情', 'Details'),
  sealed: text('已封入区块 {block}', 'Sealed in block {block}'),
  unsealed: text('正在封存', 'Being sealed'),
  signed: text('已电子签名', 'Signed'),
  onlyPerson: text('只看此人', 'Only this person'),
  onlyRecord: text('只看此对象', 'Only this thing'),
  facts: {
    occurredOn: text('发生日期', 'Occurred on'),
    version: text('版本', 'Version'),
    ip: text('来源地址', 'Address'),
    sessionId: text('会话', 'Session'),
    requestId: text('请求号', 'Request'),
    eventId: text('记录号', 'Row'),
    entityId: text('公司', 'Company'),
    postingDigest: text('过账摘要', 'Posting digest'),
  },
};
const SHOWN_CLOSED = 4;

interface EventTableProps {
  readonly rows: readonly AuditRow[];
  readonly titles: Titles;
  readonly onFilter: (more: Partial<Filters>) => void;
}

/** Rows of the ledger, the newest first; a row opens to everything it says. */
export function EventTable({ rows, titles, onFilter }: EventTableProps) {
  const { t } = useLocale();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="audit-scroll">
      <table className="audit-table" aria-label={t(words.table)}>
        <thead>
          <tr>
            {[words.when, words.who, words.what, words.of, words.change, words.reason].map((w) => (
              <th key={w.en} scope="col">
                {t(w)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t(words.details)}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.eventId}>
              <Event
                row={row}
                titles={titles}
                isOpen={open === row.eventId}
                onOpen={() => setOpen(open === row.eventId ? null : row.eventId)}
              />
              {open === row.eventId && <Details row={row} titles={titles} onFilter={onFilter} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Event({ row, titles, isOpen, onOpen }: { row: AuditRow; titles: Titles; isOpen: boolean; onOpen: () => void }) {
  const { t } = useLocale();
  const d = definitionOf(row.kind);
  return (
    <tr className={isOpen ? 'audit-row audit-row-open' : 'audit-row'}>
      <td className="audit-when">
        <InstantText at={row.recordedAt} isExact />
      </td>
      <td>{row.actorName}</td>
      <td>
        <span className={isAlarming(row.action) ? 'audit-alarm' : undefined}>{t(actionWord(row.action, d))}</span>
        {d && row.toState && row.toState !== row.fromState && (
          <div>
            <StateChip definition={d} state={row.toState} />
          </div>
        )}
      </td>
      <td>
        <Thing row={row} titles={titles} />
      </td>
      <td>
        <Changes values={shownValues(row.changes, d)} titles={titles} isNew={row.fromState === null && row.version === 1} />
      </td>
      <td className="audit-reason">{row.reason}</td>
      <td>
        <button type="button" className="audit-open" aria-expanded={isOpen} aria-label={t(words.details)} onClick={onOpen}>
          <Icon name={isOpen ? 'down' : 'right'} size={16} />
        </button>
      </td>
    </tr>
  );
}

function Thing({ row, titles }: { row: AuditRow; titles: Titles }) {
  const { t } = useLocale();
  const known = row.recordId ? titles[row.recordId] : undefined;
  const path = row.recordId ? documentPath(known?.kind ?? row.kind, row.recordId) : undefined;
  const name = row.number ?? known?.number ?? (known ? t(known.title) : null);
  return (
    <>
      <span className="secondary">{t(kindWord(row.kind, definitionOf(row.kind)))}</span>
      {name && <div className="audit-thing">{path ? <Link to={path}>{name}</Link> : name}</div>}
    </>
  );
}

/** Old → new in the words of the field; long lists open on demand. */
function Changes({ values, titles, isNew }: { values: readonly ShownValue[]; titles: Titles; isNew: boolean }) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? values : values.slice(0, SHOWN_CLOSED);
  return (
    <>
      <ul className="audit-changes">
        {shown.map((value) => (
          <ChangeItem key={value.key} value={value} titles={titles} isNew={isNew} />
        ))}
      </ul>
      {values.length > SHOWN_CLOSED && (
        <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t(words.less) : t(words.more, { count: values.length })}
        </button>
      )}
    </>
  );
}

/** Of a new thing only what it holds is said: that it was empty before says nothing. */
function ChangeItem({ value, titles, isNew }: { value: ShownValue; titles: Titles; isNew: boolean }) {
  const { t, locale } = useLocale();
  const say = (v: unknown): string => {
    if (v !== null && typeof v === 'object' && !Array.isArray(v)) return JSON.stringify(v);
    return fieldWords(value.field ?? { kind: 'text' }, v, locale, titles);
  };
  const side = (v: unknown, className: string) => {
    const said = say(v);
    if (said === '') return <span className="audit-empty">{t(value.isMasked ? words.hidden : words.empty)}</span>;
    return className === 'audit-old' ? <del className={className}>{said}</del> : <ins className={className}>{said}</ins>;
  };
  return (
    <li>
      <span className="audit-label">
        {value.lines && value.line !== undefined && (
          <span className="secondary">{t(words.line, { set: value.lines, line: value.line })} · </span>
        )}
        {t(value.label)}
      </span>
      {!isNew && side(value.old, 'audit-old')}
      {!isNew && (
        <span className="audit-arrow" aria-hidden="true">
          →
        </span>
      )}
      {side(value.new, 'audit-new')}
    </li>
  );
}

function Details({ row, titles, onFilter }: { row: AuditRow; titles: Titles; onFilter: EventTableProps['onFilter'] }) {
  const { t } = useLocale();
  const facts = (Object.keys(words.facts) as (keyof typeof words.facts)[]).filter((name) => row[name] !== null && row[name] !== undefined);
  const entity = row.entityId ? titles[row.entityId] : undefined;
  return (
    <tr className="audit-details">
      <td colSpan={7}>
        <dl>
          {facts.map((name) => (
            <div key={name}>
              <dt>{t(words.facts[name])}</dt>
              <dd>{name === 'entityId' && entity ? t(entity.title) : String(row[name])}</dd>
            </div>
          ))}
        </dl>
        <p className="audit-detail-actions">
          <span className="secondary">
            {row.blockNo ? t(words.sealed, { block: row.blockNo }) : t(words.unsealed)}
            {row.signatureId && ` · ${t(words.signed)}`}
          </span>
          <button type="button" className="link-button" onClick={() => onFilter({ actor: row.actorId })}>
            {t(words.onlyPerson)}
          </button>
          {row.recordId && (
            <button type="button" className="link-button" onClick={() => onFilter({ recordId: row.recordId ?? '' })}>
              {t(words.onlyRecord)}
            </button>
          )}
        </p>
      </td>
    </tr>
  );
}
