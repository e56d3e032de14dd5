import { Modal } from 'antd';
import { useState } from 'react';
import { actionPermission } from '#kernel/access/permission.ts';
import type { ActionDefinition, AnyDefinition } from '#kernel/document/definition.ts';
import type { RefusalWire } from '#kernel/http/wire.ts';
import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import { ApiError, documents, newKey } from '../client.web.ts';
import { ReasonDialog } from '../common/reason-dialog.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { invalidateKind } from '../queries.web.ts';
import { useCan } from '../session.web.ts';
import type { Row } from './use-list.web.ts';

const words = {
  selected: text('已选 {count} 行', '{count} selected'),
  clear: text('取消选择', 'Clear'),
  some: text('{action}（{count} 行可执行）', '{action} ({count} can)'),
  body: text(
    '将对 {count} 行依次执行“{action}”。每一行单独检查，未通过的会说明原因。',
    '“{action}” runs over {count} rows, one after the other. Each is checked on its own and says why if it is refused.',
  ),
  title: text('{action}：{count} 行', '{action}: {count} rows'),
  done: text('完成', 'Done'),
  waiting: text('等待审批', 'Waits for approval'),
  refused: text('未通过', 'Refused'),
  running: text('正在执行…', 'Running…'),
  summary: text('{done} 行完成，{refused} 行未通过', '{done} done, {refused} refused'),
  none: text('所选行没有可批量执行的操作', 'No action can run over the selected rows'),
  unnumbered: text('（未编号）', '(no number yet)'),
  lost: text('没有收到服务器的回答', 'The server did not answer'),
};

interface Outcome {
  readonly row: Row;
  readonly status: 'running' | 'done' | 'awaiting-approval' | 'refused';
  readonly refusals: readonly RefusalWire[];
}

/** Actions that make sense over many rows: nothing to fill in, nothing to sign (a signature binds to one content). */
const bulkActions = (definition: AnyDefinition): readonly [string, ActionDefinition][] =>
  Object.entries(definition.actions).filter(([, a]) => !a.editsContent && !a.signature && !a.input && !a.from.includes('new'));

const canRun = (action: ActionDefinition, row: Row): boolean => action.from.includes(String(row['state']));

interface BulkBarProps {
  readonly definition: AnyDefinition;
  readonly rows: readonly Row[];
  readonly onClear: () => void;
}

/** One action over all selected rows, each with its own result. */
export function BulkBar({ definition, rows, onClear }: BulkBarProps) {
  const { t } = useLocale();
  const may = useCan();
  const [asked, setAsked] = useState<string | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const offered = bulkActions(definition).filter(
    ([name, a]) => may(actionPermission(definition, name)) && rows.some((row) => canRun(a, row)),
  );
  const action = asked === null ? undefined : definition.actions[asked];
  const run = async (name: string, reason: string | undefined) => {
    setAsked(null);
    const chosen = definition.actions[name];
    if (chosen)
      await runOver(
        definition,
        name,
        rows.filter((row) => canRun(chosen, row)),
        reason,
        setOutcomes,
      );
    invalidateKind(definition.kind);
  };
  return (
    <div className="lp-bulk" role="region" aria-label={t(words.selected, { count: rows.length })}>
      <strong>{t(words.selected, { count: rows.length })}</strong>
      {offered.length === 0 && <span className="secondary">{t(words.none)}</span>}
      {offered.map(([name, a]) => {
        const count = rows.filter((row) => canRun(a, row)).length;
        return (
          <button key={name} type="button" className={`button${a.isDangerous ? ' button-danger' : ''}`} onClick={() => setAsked(name)}>
            {count === rows.length ? t(a.label) : t(words.some, { action: a.label, count })}
          </button>
        );
      })}
      <button type="button" className="lp-clear" onClick={onClear}>
        {t(words.clear)}
      </button>
      {action && asked !== null && (
        <ReasonDialog
          isOpen
          title={fill(words.title, { action: action.label, count: rows.filter((row) => canRun(action, row)).length })}
          confirm={action.label}
          body={fill(words.body, { action: action.label, count: rows.filter((row) => canRun(action, row)).length })}
          reason={action.reason ?? 'none'}
          isDangerous={action.isDangerous ?? false}
          onConfirm={(reason) => void run(asked, reason)}
          onCancel={() => setAsked(null)}
        />
      )}
      {outcomes && (
        <Outcomes
          definition={definition}
          outcomes={outcomes}
          onClose={() => {
            setOutcomes(null);
            onClear();
          }}
        />
      )}
    </div>
  );
}

async function runOver(
  definition: AnyDefinition,
  name: string,
  rows: readonly Row[],
  reason: string | undefined,
  show: (outcomes: readonly Outcome[]) => void,
) {
  const outcomes: Outcome[] = rows.map((row) => ({ row, status: 'running', refusals: [] }));
  show([...outcomes]);
  // One after the other: rows of one list often meet in the same ledgers, and an order makes the results explainable.
  for (const [i, row] of rows.entries()) {
    outcomes[i] = await runOne(definition, name, row, reason);
    show([...outcomes]);
  }
}

async function runOne(definition: AnyDefinition, name: string, row: Row, reason: string | undefined): Promise<Outcome> {
  try {
    const answer = await documents(definition).act(row.id, name, reason === undefined ? {} : { reason }, { key: newKey() });
    return { row, status: answer.status === 'awaiting-approval' ? 'awaiting-approval' : 'done', refusals: [] };
  } catch (error) {
    const lost: RefusalWire = { code: 'lost', text: words.lost, wayOut: text('', '') };
    return { row, status: 'refused', refusals: error instanceof ApiError && error.refusals.length ? error.refusals : [lost] };
  }
}

const tones = { running: 'draft', done: 'good', 'awaiting-approval': 'waiting', refused: 'refused' } as const;
const statusWords = { running: words.running, done: words.done, 'awaiting-approval': words.waiting, refused: words.refused };

/** How a row is called: by its number, else by its title; a list row may lack what a title is made of. */
function nameOf(definition: AnyDefinition, row: Row): LocalText {
  const number = row['number'];
  if (typeof number === 'string') return { zh: number, en: number };
  try {
    return definition.title({ ...row, lines: {} });
  } catch {
    return words.unnumbered;
  }
}

function Outcomes({ definition, outcomes, onClose }: { definition: AnyDefinition; outcomes: readonly Outcome[]; onClose: () => void }) {
  const { t } = useLocale();
  const isRunning = outcomes.some((o) => o.status === 'running');
  const refused = outcomes.filter((o) => o.status === 'refused').length;
  return (
    <Modal
      open
      closable={!isRunning}
      mask={{ closable: false }}
      onCancel={onClose}
      width={640}
      title={isRunning ? t(words.running) : t(words.summary, { done: outcomes.length - refused, refused })}
      footer={
        <button type="button" className="button button-primary" disabled={isRunning} onClick={onClose}>
          {t(words.done)}
        </button>
      }
    >
      <ul className="lp-outcomes" aria-live="polite">
        {outcomes.map(({ row, status, refusals }) => (
          <li key={row.id}>
            <span className="lp-outcome-no">{t(nameOf(definition, row))}</span>
            <span className={`chip chip-${tones[status]}`}>{t(statusWords[status])}</span>
            <span className="lp-outcome-why">{refusals.map((r) => `${t(r.text)} ${t(r.wayOut)}`).join(' ')}</span>
            {status === 'done' && <Icon name="check" size={14} />}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
