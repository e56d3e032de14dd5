import { useQuery } from '@tanstack/react-query';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field, Fields } from '#kernel/document/field.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { knownActionWord } from '../action-words.ts';
import { read } from '../client.web.ts';
import { StateChip } from '../common/state-chip.web.tsx';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { RowsSkeleton } from '../common/states.web.tsx';
import { InstantText } from '../common/values.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { queryKeys } from '../queries.web.ts';
import { fieldWords } from './field-words.web.ts';
import { useTitles, useWantedTitles } from './titles.web.ts';

interface Change {
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly lines?: string;
  readonly line?: number;
  readonly isMasked?: boolean;
}

export interface TimelineEvent {
  readonly id: string;
  readonly at: string;
  readonly actorName: string;
  readonly action: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string | null;
  readonly changes: readonly Change[];
  readonly signature: {
    readonly printedName: string;
    readonly meaning: LocalText | string;
    readonly signedAt: string;
    readonly isValid: boolean;
  } | null;
}

const words = {
  none: text('还没有记录', 'Nothing has happened yet'),
  reason: text('原因：', 'Reason: '),
  nothing: text('空', 'empty'),
  added: text('新增{set}第 {line} 行', '{set}: line {line} added'),
  removed: text('删除{set}第 {line} 行', '{set}: line {line} removed'),
  line: text('{set}第 {line} 行 · {label}', '{set} line {line} · {label}'),
  hidden: text('已变更（无权查看内容）', 'changed (you may not see the values)'),
  more: text('另有 {count} 处变更', '{count} more changes'),
  signed: text('{name} 签名：{meaning}', 'Signed by {name}: {meaning}'),
  valid: text('签名有效', 'Signature holds'),
  broken: text('内容已变，签名不再有效', 'The content changed; the signature no longer holds'),
};

export function useTimeline(definition: AnyDefinition, id: string) {
  return useQuery({
    queryKey: queryKeys.timeline(definition.kind, id),
    queryFn: async () => {
      const answer = await read<readonly TimelineEvent[] | { items: readonly TimelineEvent[] }>(
        `/${definition.module}/${definition.plural}/${id}/timeline`,
      );
      return 'items' in answer ? answer.items : answer;
    },
  });
}

/** Who did what and when, with the old and the new values in words. */
export function Timeline({ definition, id }: { definition: AnyDefinition; id: string }) {
  const { t } = useLocale();
  const { data, error, isPending } = useTimeline(definition, id);
  if (isPending) return <RowsSkeleton rows={4} />;
  if (error) return <ErrorPanel error={error} />;
  if (data.length === 0) return <p className="secondary">{t(words.none)}</p>;
  return (
    <ol className="tl">
      {data.map((event, i) => (
        <Event key={event.id ?? i} definition={definition} event={event} />
      ))}
    </ol>
  );
}

const changesShown = 12;

function Event({ definition, event }: { definition: AnyDefinition; event: TimelineEvent }) {
  const { t } = useLocale();
  const action = knownActionWord(event.action, definition) ?? text(event.action, event.action);
  const moved = event.toState !== null && event.toState !== event.fromState;
  // The content of a new one is the document itself; listing every field of it again would hide what happened later.
  const changes =
    event.fromState === null || event.fromState === 'new'
      ? []
      : (event.changes ?? []).filter((c) => c.field !== 'state' && c.field !== 'version');
  return (
    <li className="tl-event">
      <p className="tl-head">
        <strong>{event.actorName}</strong> {t(action)}{' '}
        {moved && event.toState && <StateChip definition={definition} state={event.toState} />}
      </p>
      <p className="tl-when">
        <InstantText at={event.at} />
      </p>
      {event.reason && (
        <p className="tl-reason">
          <span className="secondary">{t(words.reason)}</span>
          {event.reason}
        </p>
      )}
      {event.signature && <Signature signature={event.signature} />}
      {changes.length > 0 && (
        <ul className="tl-changes">
          {changes.slice(0, changesShown).map((change, i) => (
            <ChangeLine key={i} definition={definition} change={change} />
          ))}
          {changes.length > changesShown && <li className="secondary">{t(words.more, { count: changes.length - changesShown })}</li>}
        </ul>
      )}
    </li>
  );
}

function Signature({ signature }: { signature: NonNullable<TimelineEvent['signature']> }) {
  const { t } = useLocale();
  const meaning = typeof signature.meaning === 'string' ? signature.meaning : t(signature.meaning);
  return (
    <p className={signature.isValid ? 'tl-signed' : 'tl-signed tl-broken'}>
      <Icon name={signature.isValid ? 'approval' : 'warning'} size={14} />
      <span>
        {t(words.signed, { name: signature.printedName, meaning })} · <InstantText at={signature.signedAt} isExact />
        <br />
        <span className="secondary">{t(signature.isValid ? words.valid : words.broken)}</span>
      </span>
    </p>
  );
}

const fallback = (name: string): Pick<Field, 'kind' | 'label'> => ({ kind: 'text', label: { zh: name, en: name } });

function ChangeLine({ definition, change }: { definition: AnyDefinition; change: Change }) {
  const { t, locale } = useLocale();
  const titles = useTitles();
  const set = change.lines === undefined ? undefined : (definition.lines as Readonly<Record<string, LineSet>>)[change.lines];
  const place = { set: set ? set.label : (change.lines ?? ''), line: change.line ?? 0 };
  const field: Pick<Field, 'kind' | 'label' | 'target' | 'options' | 'scale'> =
    ((set ? set.fields : definition.header) as Fields)[change.field] ?? fallback(change.field);
  useWantedTitles(field.target, [change.old, change.new]);
  if (change.field === '*') return <li>{t(change.old === null ? words.added : words.removed, place)}</li>;
  const label = set ? t(words.line, { ...place, label: field.label }) : t(field.label);
  if (change.isMasked)
    return (
      <li>
        <span className="secondary">{label}</span> {t(words.hidden)}
      </li>
    );
  const say = (value: unknown) =>
    fieldWords(
      field,
      typeof value === 'object' && !Array.isArray(value) && value !== null ? JSON.stringify(value) : value,
      locale,
      titles,
    ) || t(words.nothing);
  return (
    <li>
      <span className="secondary">{label}</span> <del>{say(change.old)}</del> → <ins>{say(change.new)}</ins>
    </li>
  );
}
