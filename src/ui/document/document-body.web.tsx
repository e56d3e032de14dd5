import { useMemo, useState } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { RefusalWire } from '#kernel/http/wire.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { LineGrid } from '../grid/line-grid.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { getProduct } from '../product.web.ts';
import { useEntity } from '../session.web.ts';
import { shownField } from './computed-options.ts';
import { fieldsOf, lineSetsOf, type FormRow } from './form-content.ts';
import { FieldsGrid } from './header-form.web.tsx';
import { isConflict } from './use-command.web.ts';
import type { Flow } from './use-document-flow.web.ts';
import type { Form } from './use-form.web.ts';

const words = {
  company: text('公司', 'Company'),
  companyHint: text('新单据属于哪家公司', 'The company it belongs to'),
  companyMissing: text('请选择公司', 'Choose the company'),
  choose: text('请选择', 'Choose'),
  header: text('基本信息', 'Details'),
};

interface BodyProps {
  readonly definition: AnyDefinition;
  readonly form: Form;
  readonly flow: Flow;
  readonly entityId: string | null;
  readonly today: string;
  readonly isNew: boolean;
  /** Chooses the company of a new one. */
  readonly onCompany: (id: string) => void;
}

interface GoTo {
  readonly set: string;
  readonly row: number;
  readonly field: string | undefined;
  readonly times: number;
}

/** Header fields and line sets; refusals above them, each with the way to its field. */
export function DocumentBody({ definition, form, flow, entityId, today, isNew, onCompany }: BodyProps) {
  const { t } = useLocale();
  const [goTo, setGoTo] = useState<GoTo>();
  const { header, lines } = form.form;
  const errors = useMemo(() => shownErrors(flow, header), [flow.own, flow.refused, flow.showsErrors, header]);
  const isDocument = definition.nature === 'document';
  const definitions = getProduct().modules.flatMap((m) => m.definitions);
  const fields = fieldsOf(definition).map(([name, f]) => [name, shownField(definition.kind, name, f, definitions, header)] as const);
  const show = (refusal: RefusalWire) => {
    if (refusal.lines !== undefined && refusal.line !== undefined) {
      setGoTo((now) => ({ set: refusal.lines ?? '', row: (refusal.line ?? 1) - 1, field: refusal.field, times: (now?.times ?? 0) + 1 }));
    } else if (refusal.field !== undefined) {
      document.querySelector<HTMLElement>(`[data-field="${CSS.escape(refusal.field)}"] :is(input, textarea)`)?.focus();
    }
  };
  const showsError = flow.command.error !== null && flow.preview === null && !flow.isAskingSave && !isConflict(flow.command.error);
  return (
    <div className="dp-main">
      {showsError && <ErrorPanel error={flow.command.error} onShow={show} takesFocus />}
      {isNew && definition.isEntityScoped && (
        <CompanyChoice entityId={entityId} onCompany={onCompany} isMissing={flow.showsErrors && entityId === null} />
      )}
      <section className="dp-card" aria-label={t(words.header)}>
        <FieldsGrid
          fields={isNew ? fields.filter(([, f]) => !f.isDerived) : fields}
          values={header}
          errors={errors}
          isEditing={flow.isEditing}
          entityId={entityId}
          today={today}
          onChange={(name, value) => form.change({ ...form.form, header: { ...header, [name]: value } })}
        />
      </section>
      {lineSetsOf(definition).map(([name, set]) => (
        <section key={name} className="dp-lines">
          <h2>{t(set.label)}</h2>
          <LineGrid
            set={set}
            rows={lines[name] ?? []}
            isReadOnly={!flow.isEditing}
            refused={flow.refused.lines[name]}
            showsErrors={flow.showsErrors && flow.isEditing}
            setError={flow.refused.sets[name] ?? (flow.showsErrors ? flow.own.sets[name] : undefined)}
            entityId={isDocument ? entityId : null}
            today={today}
            goTo={goTo?.set === name ? goTo : undefined}
            onChange={(rows: readonly FormRow[]) => form.change({ ...form.form, lines: { ...lines, [name]: rows } })}
          />
        </section>
      ))}
    </div>
  );
}

/** Refusals first; a field's own check once saving was tried, or at once where something wrong stands in it. */
function shownErrors(flow: Flow, header: Readonly<Record<string, unknown>>): Readonly<Record<string, LocalText>> {
  const own = Object.entries(flow.own.header).filter(
    ([name]) => flow.showsErrors || (header[name] !== null && header[name] !== undefined && header[name] !== ''),
  );
  return flow.isEditing ? { ...Object.fromEntries(own), ...flow.refused.header } : {};
}

interface CompanyProps {
  readonly entityId: string | null;
  readonly onCompany: (id: string) => void;
  readonly isMissing: boolean;
}

/** For which company the new one is made; chosen for this one only, the company worked in stays as it is. */
function CompanyChoice({ entityId, onCompany, isMissing }: CompanyProps) {
  const { t } = useLocale();
  const { entities } = useEntity();
  if (entities.length < 2) return null;
  return (
    <section className="dp-card dp-field">
      <label className="dp-label" htmlFor="dp-company">
        {t(words.company)}
        <span className="required" aria-hidden="true">
          {' '}
          *
        </span>
      </label>
      <select
        id="dp-company"
        className="df-input dp-company"
        value={entityId ?? ''}
        onChange={(e) => onCompany(e.target.value)}
        aria-required
        aria-invalid={isMissing || undefined}
        aria-describedby="dp-company-note"
      >
        <option value="" disabled>
          {t(words.choose)}
        </option>
        {entities.map((one) => (
          <option key={one.id} value={one.id}>
            {t({ zh: one.nameZh, en: one.nameEn })}
          </option>
        ))}
      </select>
      <span id="dp-company-note" className={isMissing ? 'dp-error' : 'dp-help'}>
        {t(isMissing ? words.companyMissing : words.companyHint)}
      </span>
    </section>
  );
}
