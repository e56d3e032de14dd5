import { Link, useBlocker } from '@tanstack/react-router';
import { Modal } from 'antd';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { InstantText } from '../common/values.web.tsx';
import { formatRelative } from '../format.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { useTimeline } from './timeline.web.tsx';
import type { Form } from './use-form.web.ts';

const words = {
  draft: text('您{when}在这里输入的内容还没有保存。', 'You typed something here {when} and did not save it.'),
  restore: text('恢复输入的内容', 'Restore what I typed'),
  discard: text('丢弃', 'Discard it'),
  notKept: text(
    '这台设备的存储已满，未保存的输入不会保留，请尽快保存。',
    'This device has no room left: what you type is not kept. Save soon.',
  ),
  changed: text('在您输入时，{name} 修改了这份内容', '{name} changed this while you were typing'),
  someone: text('其他人', 'Somebody else'),
  changedWay: text(
    '可以把您的修改放到最新内容之上再保存，或放弃自己的修改。',
    'Put your changes on top of the newest content and save again, or drop yours.',
  ),
  rebase: text('把我的修改放上去', 'Put my changes on top'),
  take: text('放弃我的修改', 'Drop mine'),
  waiting: text('等待审批：', 'Waits for approval: '),
  decide: text('查看审批', 'See the approval'),
  leave: text('离开前有未保存的内容', 'There is unsaved typing'),
  leaveBody: text('输入的内容会保留在这台设备上，下次打开时可以恢复。', 'It stays on this device and is offered again when you come back.'),
  goOn: text('继续编辑', 'Keep editing'),
  go: text('离开', 'Leave'),
};

/** Offers back what was typed and never saved. */
export function DraftNotice({ form }: { form: Form }) {
  const { t, locale } = useLocale();
  if (!form.isKept)
    return (
      <div className="dp-notice dp-notice-waiting" role="status">
        <Icon name="warning" size={16} />
        <span>{t(words.notKept)}</span>
      </div>
    );
  if (!form.offered) return null;
  return (
    <div className="dp-notice dp-notice-info" role="status">
      <Icon name="history" size={16} />
      <span>{t(words.draft, { when: formatRelative(new Date(form.offered.savedAtMs).toISOString(), Date.now(), locale) })}</span>
      <span className="dp-notice-actions">
        <button type="button" className="button" onClick={form.restore}>
          {t(words.restore)}
        </button>
        <button type="button" className="link-button" onClick={form.discardOffer}>
          {t(words.discard)}
        </button>
      </span>
    </div>
  );
}

interface ConflictProps {
  readonly definition: AnyDefinition;
  readonly id: string;
  readonly onRebase: () => void;
  readonly onDrop: () => void;
}

/** Two people at one document: who was first, and the two ways on. */
export function ConflictNotice({ definition, id, onRebase, onDrop }: ConflictProps) {
  const { t } = useLocale();
  const { data } = useTimeline(definition, id);
  const last = data?.[0];
  return (
    <div className="dp-notice dp-notice-waiting" role="alert">
      <Icon name="people" size={16} />
      <span>
        <strong>{t(words.changed, { name: last?.actorName ?? words.someone })}</strong>
        {last && (
          <>
            {' '}
            (<InstantText at={last.at} />)
          </>
        )}{' '}
        {t(words.changedWay)}
      </span>
      <span className="dp-notice-actions">
        <button type="button" className="button" onClick={onRebase}>
          {t(words.rebase)}
        </button>
        <button type="button" className="link-button" onClick={onDrop}>
          {t(words.take)}
        </button>
      </span>
    </div>
  );
}

/** Says what waits for whose approval. */
export function ApprovalNotice({ approval }: { approval: DocumentAnswer['approval'] }) {
  const { t } = useLocale();
  if (!approval) return null;
  return (
    <div className="dp-notice dp-notice-waiting" role="status">
      <Icon name="approval" size={16} />
      <span>
        <strong>{t(words.waiting)}</strong>
        {t(approval.summary)}
      </span>
      <span className="dp-notice-actions">
        <Link className="button" to={`/approvals/${approval.id}`}>
          {t(words.decide)}
        </Link>
      </span>
    </div>
  );
}

/** Asks before unsaved typing is left behind. */
export function LeaveGuard({ isBlocking }: { isBlocking: () => boolean }) {
  const { t } = useLocale();
  const blocker = useBlocker({ shouldBlockFn: () => isBlocking(), enableBeforeUnload: () => isBlocking(), withResolver: true });
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title={t(words.leave)}
      okText={t(words.goOn)}
      cancelText={t(words.go)}
      onOk={() => blocker.reset?.()}
      onCancel={() => blocker.proceed?.()}
      closable={false}
      mask={{ closable: false }}
    >
      <p>{t(words.leaveBody)}</p>
    </Modal>
  );
}
