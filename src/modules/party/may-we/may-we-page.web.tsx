import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { field } from '#kernel/document/field.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { call, read } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { StateChip } from '#ui/common/state-chip.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { DateField } from '#ui/document/date-field.web.tsx';
import { RefInput } from '#ui/document/field-input.web.tsx';
import { useToday } from '#ui/document/today.web.ts';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf, documentPath } from '#ui/product.web.ts';
import { useEntity } from '#ui/session.web.ts';
import { ChainPicture } from '../authorisation/chain-picture.web.tsx';
import { mayWeAsk } from '../operations.ts';
import { partyStates } from '../party/party.ts';
import { tradeModes, type DeviceClass, type TradeMode } from '../scope/classification.ts';
import { directions, type Direction } from './may-we.ts';
import '#ui/document/fields.css';
import '../party.css';

type Answer = OperationOutput<typeof mayWeAsk>;

const words = {
  title: text('能否买卖', 'May we deal?'),
  hint: text(
    '按当日的许可、资质、经营范围和授权逐项核对，并说明理由。',
    'Permissions, documents, scope and letters of the day, one by one, with the reason.',
  ),
  question: text('问题', 'Question'),
  company: text('本公司', 'Our company'),
  direction: text('业务', 'Deal'),
  party: text('往来单位', 'Party'),
  product: text('产品（带出类别与编码）', 'Product (fills class and codes)'),
  deviceClass: text('管理类别', 'Class'),
  code2002: text('2002 版编码', '2002 code'),
  code2017: text('2017 版编码', '2017 code'),
  ivd: text('体外诊断试剂', 'IVD reagent'),
  exempt: text('免于经营备案的第二类产品', 'Class II exempt from filing'),
  large: text('大型医用设备', 'Large medical equipment'),
  holder: text('注册人（核对授权链）', 'Holder (checks the chain)'),
  mode: text('方式', 'Mode'),
  day: text('日期', 'Day'),
  allowed: text('可以：{day} 与{party}的这笔业务全部通过', 'Yes: every check of this deal with {party} passes on {day}'),
  refused: text('不可以：{count} 项未通过', 'No, not passed: {count}'),
  wayOut: text('处理办法：', 'Way out: '),
  passed: text('通过', 'passed'),
  failed: text('未通过', 'not passed'),
  first: text('先选择往来单位和产品', 'Choose a party and a product first'),
  firstHint: text('也可以不选产品，直接填写类别和分类编码。', 'Class and codes can also be typed without a product.'),
};

const classes: Readonly<Record<DeviceClass, LocalText>> = {
  I: text('第一类', 'Class I'),
  II: text('第二类', 'Class II'),
  III: text('第三类', 'Class III'),
};

const partyField = field.ref('party', { label: words.party });
const holderField = field.ref('party', { label: words.holder, optional: true });
const productField = field.ref('product', { label: words.product, optional: true });

interface Question {
  readonly direction: Direction;
  readonly mode: TradeMode;
  readonly partyId: string | null;
  readonly productId: string | null;
  readonly deviceClass: DeviceClass;
  readonly code2002: string;
  readonly code2017: string;
  readonly isIvdReagent: boolean;
  readonly isFilingExempt: boolean;
  readonly isLargeEquipment: boolean;
  readonly productCode: string;
  readonly registrationNo: string;
  readonly holderId: string | null;
  readonly day: string | null;
}

const blank: Question = {
  direction: 'sell',
  mode: 'wholesale',
  partyId: null,
  productId: null,
  deviceClass: 'III',
  code2002: '',
  code2017: '',
  isIvdReagent: false,
  isFilingExempt: false,
  isLargeEquipment: false,
  productCode: '',
  registrationNo: '',
  holderId: null,
  day: null,
};

/** What a product says of itself, as far as the question needs it. */
async function productFacts(id: string): Promise<Partial<Question>> {
  const definition = definitionOf('product');
  if (!definition) return {};
  const { document: p } = await read<{ document: Record<string, unknown> }>(`/${definition.module}/${definition.plural}/${id}`);
  const written = (name: string): string => (typeof p[name] === 'string' ? p[name] : '');
  return {
    deviceClass: (written('deviceClass') || 'III') as DeviceClass,
    code2002: written('classCode2002'),
    code2017: written('classCode2017'),
    isIvdReagent: p['isIvd'] === true,
    isFilingExempt: p['isFilingExempt'] === true,
    isLargeEquipment: p['isLargeEquipment'] === true,
    productCode: written('code'),
    registrationNo: written('registrationNo'),
  };
}

const queryOf = (q: Question, entityId: string) => ({
  entityId,
  partyId: q.partyId ?? '',
  direction: q.direction,
  mode: q.mode,
  deviceClass: q.deviceClass,
  isIvdReagent: String(q.isIvdReagent) as 'true',
  isFilingExempt: String(q.isFilingExempt) as 'true',
  isLargeEquipment: String(q.isLargeEquipment) as 'true',
  ...(q.day ? { day: q.day } : {}),
  ...(q.code2002 ? { code2002: q.code2002 } : {}),
  ...(q.code2017 ? { code2017: q.code2017 } : {}),
  ...(q.productCode ? { productCode: q.productCode } : {}),
  ...(q.registrationNo ? { registrationNo: q.registrationNo } : {}),
  ...(q.holderId && q.direction === 'buy' ? { holderId: q.holderId } : {}),
});

/** May we sell this to them, or buy it from them, on that day: every check drawn, the failing ones with their way out. */
export function MayWePage() {
  const { t } = useLocale();
  const { entity, entities } = useEntity();
  const asked = useSearch({ strict: false }) as { partyId?: string; direction?: Direction };
  const [chosen, setChosen] = useState<string | undefined>();
  const [q, setQ] = useState<Question>({ ...blank, partyId: asked.partyId ?? null, direction: asked.direction === 'buy' ? 'buy' : 'sell' });
  const entityId = chosen ?? entity?.id ?? entities[0]?.id ?? '';
  const isAskable = q.partyId !== null && (q.deviceClass === 'I' || q.code2002 !== '' || q.code2017 !== '' || q.isIvdReagent);
  const answer = useQuery({
    queryKey: ['may-we', entityId, q],
    queryFn: () => call(mayWeAsk, { query: queryOf(q, entityId) }),
    enabled: isAskable && entityId !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <PageHeader title={t(words.title)} facts={<span className="secondary">{t(words.hint)}</span>} />
      <div className="may-we">
        <section className="card" aria-label={t(words.question)}>
          <QuestionForm q={q} change={(part) => setQ((now) => ({ ...now, ...part }))} entityId={entityId} onEntity={setChosen} />
        </section>
        <section className="card" aria-live="polite">
          {answer.error ? (
            <ErrorPanel error={answer.error} />
          ) : !isAskable ? (
            <EmptyState title={words.first} hint={words.firstHint} icon="help" />
          ) : answer.data ? (
            <Verdict answer={answer.data} />
          ) : (
            <RowsSkeleton rows={5} />
          )}
        </section>
      </div>
    </div>
  );
}

function Labelled({ label, children }: { label: LocalText; children: (id: string) => ReactNode }) {
  const { t } = useLocale();
  const id = useId();
  return (
    <div className="may-we-field">
      <label htmlFor={id}>{t(label)}</label>
      {children(id)}
    </div>
  );
}

interface FormProps {
  readonly q: Question;
  readonly change: (part: Partial<Question>) => void;
  readonly entityId: string;
  readonly onEntity: (id: string) => void;
}

function QuestionForm({ q, change, entityId, onEntity }: FormProps) {
  const { t } = useLocale();
  const { entities } = useEntity();
  const today = useToday();
  const options = <K extends string>(labels: Readonly<Record<K, LocalText>>) =>
    (Object.keys(labels) as K[]).map((value) => ({ value, label: t(labels[value]) }));
  const pickProduct = async (id: string | null) => {
    change({ productId: id });
    if (id !== null) change(await productFacts(id));
  };
  const ref = (id: string, of: typeof partyField | typeof productField, value: string | null, onChange: (v: string | null) => void) => (
    <RefInput
      id={id}
      field={of}
      value={value}
      onChange={(v) => onChange(v as string | null)}
      isInvalid={false}
      describedBy={undefined}
      entityId={entityId}
    />
  );
  return (
    <div className="may-we-form">
      <Labelled label={words.company}>
        {(id) => (
          <Select
            id={id}
            value={entityId}
            onChange={onEntity}
            options={entities.map((e) => ({ value: e.id, label: t(text(e.nameZh, e.nameEn)) }))}
          />
        )}
      </Labelled>
      <div className="pair">
        <Labelled label={words.direction}>
          {(id) => <Select id={id} value={q.direction} onChange={(direction) => change({ direction })} options={options(directions)} />}
        </Labelled>
        <Labelled label={words.mode}>
          {(id) => <Select id={id} value={q.mode} onChange={(mode) => change({ mode })} options={options(tradeModes)} />}
        </Labelled>
      </div>
      <Labelled label={words.party}>{(id) => ref(id, partyField, q.partyId, (partyId) => change({ partyId }))}</Labelled>
      <Labelled label={words.product}>{(id) => ref(id, productField, q.productId, (v) => void pickProduct(v))}</Labelled>
      <div className="pair">
        <Labelled label={words.deviceClass}>
          {(id) => <Select id={id} value={q.deviceClass} onChange={(deviceClass) => change({ deviceClass })} options={options(classes)} />}
        </Labelled>
        <Labelled label={words.day}>
          {(id) => <DateField id={id} value={q.day ?? today} today={today} onChange={(day) => change({ day })} />}
        </Labelled>
      </div>
      <div className="pair">
        <Labelled label={words.code2017}>
          {(id) => (
            <input
              id={id}
              className="df-input number"
              placeholder="13-07-01"
              value={q.code2017}
              onChange={(e) => change({ code2017: e.target.value.trim() })}
            />
          )}
        </Labelled>
        <Labelled label={words.code2002}>
          {(id) => (
            <input
              id={id}
              className="df-input number"
              placeholder="6877"
              value={q.code2002}
              onChange={(e) => change({ code2002: e.target.value.trim() })}
            />
          )}
        </Labelled>
      </div>
      {q.direction === 'buy' && (
        <Labelled label={words.holder}>{(id) => ref(id, holderField, q.holderId, (holderId) => change({ holderId }))}</Labelled>
      )}
      <div className="may-we-flags">
        {(
          [
            ['isIvdReagent', words.ivd],
            ['isFilingExempt', words.exempt],
            ['isLargeEquipment', words.large],
          ] as const
        ).map(([name, label]) => (
          <label key={name}>
            <input type="checkbox" checked={q[name]} onChange={(e) => change({ [name]: e.target.checked })} />
            {t(label)}
          </label>
        ))}
      </div>
    </div>
  );
}

function Verdict({ answer }: { answer: Answer }) {
  const { t } = useLocale();
  const failing = answer.checks.filter((c) => !c.isPassed).length;
  const path = documentPath('party', answer.party.id);
  return (
    <>
      <div className={answer.isAllowed ? 'may-we-verdict is-allowed' : 'may-we-verdict is-refused'}>
        <Icon name={answer.isAllowed ? 'check' : 'refused'} size={24} />
        <strong>
          {answer.isAllowed ? t(words.allowed, { day: answer.day, party: answer.party.name }) : t(words.refused, { count: failing })}
        </strong>
        <span style={{ marginLeft: 'auto' }}>
          {path ? <Link to={path}>{answer.party.code}</Link> : answer.party.code}{' '}
          <StateChip definition={{ states: partyStates }} state={answer.party.state} />
        </span>
      </div>
      <ul className="may-we-checks">
        {answer.checks.map((check) => (
          <li key={check.name}>
            <span
              className={check.isPassed ? 'may-we-mark is-good' : 'may-we-mark is-bad'}
              role="img"
              aria-label={t(check.isPassed ? words.passed : words.failed)}
            >
              <Icon name={check.isPassed ? 'check' : 'refused'} size={18} />
            </span>
            <h3>{t(check.label)}</h3>
            <div className="may-we-reasons">
              {check.reasons.map((reason, i) => {
                const permit = check.matched[i] ? documentPath('licence', check.matched[i].permitId) : undefined;
                return <p key={i}>{permit ? <Link to={permit}>{t(reason)}</Link> : t(reason)}</p>;
              })}
              {check.wayOut && (
                <p className="may-we-way">
                  {t(words.wayOut)}
                  {t(check.wayOut)}
                </p>
              )}
            </div>
            <span className="may-we-rule">{check.rule}</span>
          </li>
        ))}
      </ul>
      {answer.chain && answer.chain.length > 0 && <ChainPicture chain={answer.chain} />}
    </>
  );
}
