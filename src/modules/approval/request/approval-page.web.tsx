import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel, RefusalPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { PageSkeleton } from '#ui/common/states.web.tsx';
import { InstantText, MoneyText } from '#ui/common/values.web.tsx';
import { DocumentSheet } from '#ui/document/document-sheet.web.tsx';
import { Effects } from '#ui/document/effects.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf, documentPath } from '#ui/product.web.ts';
import './approval.css';
import { approveRequest, getApproval, rejectRequest, withdrawRequest } from './operations.ts';
import { requestSubject } from './subject.ts';
import { modeWords, requestStates } from './words.ts';

type Request = OperationOutput<typeof getApproval>;
type Verb = 'approve' | 'reject' | 'withdraw';

const words = {
  approvals: text('审批中心', 'Approvals'),
  open: text('打开单据', 'Open the document'),
  approve: text('同意', 'Approve'),
  reject: text('退回', 'Send back'),
  withdraw: text('撤回申请', 'Withdraw'),
  approveBody: text('最后一步同意后，操作会立即执行。', 'With the last agreement the action is carried out at once.'),
  rejectBody: text('单据退回申请人，请说明原因。', 'The document goes back to its maker; say why.'),
  withdrawBody: text('单据回到提交前的状态。', 'The document returns to where it was.'),
  what: text('审批内容', 'What is to be approved'),
  action: text('操作', 'Action'),
  steps: text('审批步骤', 'Steps'),
  will: text('同意后将发生', 'What agreeing will do'),
  refused: text('目前还不能执行', 'It could not be carried out now'),
  by: text('申请人', 'Requested by'),
  amount: text('金额', 'Amount'),
  current: text('当前步骤', 'Current step'),
  approved: text('同意', 'approved'),
  rejected: text('退回', 'sent back'),
  behalf: text('（代 {name}）', ' (for {name})'),
};

const verbs: Readonly<
  Record<
    Verb,
    {
      readonly operation: typeof approveRequest | typeof rejectRequest | typeof withdrawRequest;
      readonly body: LocalText;
      readonly reason: 'required' | 'optional';
    }
  >
> = {
  approve: { operation: approveRequest, body: words.approveBody, reason: 'optional' },
  reject: { operation: rejectRequest, body: words.rejectBody, reason: 'required' },
  withdraw: { operation: withdrawRequest, body: words.withdrawBody, reason: 'optional' },
};

/** One request: what is asked, what it would do, who agreed, and the decision. */
export function ApprovalPage() {
  const { t } = useLocale();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const client = useQueryClient();
  const [asking, setAsking] = useState<Verb | null>(null);
  const query = useQuery({ queryKey: ['approval', id], queryFn: () => call(getApproval, { params: { id } }) });
  const decision = useMutation({
    mutationFn: ({ verb, said }: { verb: Verb; said: string | undefined }) => {
      const body = verb === 'withdraw' ? { reason: said } : { comment: said };
      return call(verbs[verb].operation as typeof approveRequest, { params: { id }, body: body as { comment?: string } });
    },
    onSuccess: async () => {
      setAsking(null);
      await client.invalidateQueries();
    },
    onError: () => setAsking(null),
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error)
    return (
      <div className="page">
        <ErrorPanel error={query.error} />
      </div>
    );
  const request = query.data;
  const state = requestStates[request.state] ?? requestStates['open']!;
  const definition = definitionOf(request.kind);
  const title = t(requestSubject(definition?.label, request.title));
  return (
    <div className="page">
      <PageHeader
        title={title}
        beside={<Chip tone={state.tone} label={state.label} />}
        crumbs={[{ label: words.approvals, to: '/approvals' }, { label: request.number ?? t(request.title) }]}
        actions={<Actions request={request} onAsk={setAsking} />}
        facts={<Facts request={request} />}
      />
      {decision.error && <ErrorPanel error={decision.error} takesFocus />}
      <div className="approval-columns">
        <div className="approval-what">
          {definition && (
            <section className="card approval-card" aria-label={t(words.what)}>
              <h2 className="card-title">{t(words.what)}</h2>
              <DocumentSheet definition={definition} id={request.recordId} />
            </section>
          )}
          {request.preview && (
            <section className="card approval-card" aria-label={t(words.will)}>
              <h2 className="card-title">{t(words.will)}</h2>
              <Effects answer={request.preview} />
            </section>
          )}
          {request.refusals.length > 0 && <RefusalPanel refusals={request.refusals} />}
        </div>
        <Steps request={request} />
      </div>
      {asking && (
        <ReasonDialog
          isOpen
          title={words[asking]}
          body={verbs[asking].body}
          confirm={words[asking]}
          reason={verbs[asking].reason}
          isDangerous={asking !== 'approve'}
          isBusy={decision.isPending}
          onConfirm={(said) => decision.mutate({ verb: asking, said })}
          onCancel={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function Actions({ request, onAsk }: { request: Request; onAsk: (verb: Verb) => void }) {
  const { t } = useLocale();
  const path = documentPath(request.kind, request.recordId);
  return (
    <>
      {path && (
        <Link className="button" to={path}>
          {t(words.open)}
        </Link>
      )}
      {request.state === 'open' && request.isMine && (
        <button type="button" className="button" onClick={() => onAsk('withdraw')}>
          {t(words.withdraw)}
        </button>
      )}
      {request.canDecide && (
        <button type="button" className="button button-danger" onClick={() => onAsk('reject')}>
          {t(words.reject)}
        </button>
      )}
      {request.canDecide && (
        <button type="button" className="button button-primary" onClick={() => onAsk('approve')}>
          {t(words.approve)}
        </button>
      )}
    </>
  );
}

function Facts({ request }: { request: Request }) {
  const { t } = useLocale();
  return (
    <>
      {request.number && <span className="number">{request.number}</span>}
      <span>
        {t(words.action)} {t(request.actionLabel)}
      </span>
      <span>
        {t(words.by)} {request.requesterName} · <InstantText at={request.requestedAt} />
      </span>
      {request.amount && (
        <span>
          {t(words.amount)} <MoneyText amount={request.amount} />
        </span>
      )}
      {request.state === 'open' && <span>{t(request.waiting)}</span>}
    </>
  );
}

function Steps({ request }: { request: Request }) {
  const { t } = useLocale();
  return (
    <section className="card approval-card" aria-label={t(words.steps)}>
      <h2 className="card-title">{t(words.steps)}</h2>
      <ol className="approval-steps">
        {request.steps.map((step, at) => {
          const isCurrent = request.state === 'open' && request.currentStep === at + 1;
          const made = request.decisions.filter((d) => d.step === at + 1);
          return (
            <li key={at} className={isCurrent ? 'is-current' : undefined} aria-current={isCurrent ? 'step' : undefined}>
              <strong>{t(step.name)}</strong> {isCurrent && <Chip tone="waiting" label={words.current} />}
              <div className="secondary">
                {step.approvers.map((a) => a.name).join('、')} · {t(modeWords[step.mode], { n: step.needed })}
              </div>
              {made.map((d, i) => (
                <div key={i} className="approval-verdict">
                  <Chip
                    tone={d.verdict === 'approve' ? 'good' : 'refused'}
                    label={d.verdict === 'approve' ? words.approved : words.rejected}
                  />
                  <span>
                    {d.decidedName}
                    {d.onBehalfOf && t(words.behalf, { name: d.onBehalfOf })} · <InstantText at={d.decidedAt} />
                  </span>
                  {d.comment && <q>{d.comment}</q>}
                </div>
              ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
