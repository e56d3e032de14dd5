import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { PageHeader } from '../common/page-header.web.tsx';
import { StateChip } from '../common/state-chip.web.tsx';
import { EntityText, InstantText, PersonText } from '../common/values.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { getProduct, listPath } from '../product.web.ts';
import { useEntity } from '../session.web.ts';
import { ActionBar } from './action-bar.web.tsx';
import { StateBar } from './state-bar.web.tsx';
import type { Flow } from './use-document-flow.web.ts';
import type { Form } from './use-form.web.ts';

const words = {
  save: text('保存', 'Save'),
  saveDraft: text('保存草稿', 'Save draft'),
  cancel: text('放弃修改', 'Discard changes'),
  print: text('打印', 'Print'),
  unsaved: text('未保存', 'Unsaved'),
  made: text('创建', 'Created'),
  changed: text('更新', 'Updated'),
  company: text('公司', 'Company'),
};

interface HeadProps {
  readonly definition: AnyDefinition;
  readonly id: string | null;
  readonly answer: DocumentAnswer | null;
  readonly name: { readonly number: string; readonly title: string; readonly plain: string };
  readonly form: Form;
  readonly flow: Flow;
}

/** Number, state, the way so far, and what can be done next. */
export function DocumentHead(props: HeadProps) {
  const { definition, id, answer, name, form, flow } = props;
  const { t } = useLocale();
  const found = getProduct().modules.find((m) => m.name === definition.module);
  const crumbs = [
    ...(found ? [{ label: found.label }] : []),
    { label: definition.pluralLabel, to: listPath(definition.kind) },
    { label: name.number },
  ];
  // The document's own name is said once: where the title only repeats kind and number it stays away.
  const title = name.title !== '' && name.title !== name.number && name.title !== name.plain ? name.title : '';
  return (
    <div className="dp-head">
      <PageHeader
        crumbs={crumbs}
        tabTitle={name.plain}
        title={
          id === null ? (
            name.number
          ) : (
            <>
              <span className="dp-kind">{t(definition.label)}</span> <span className="number">{name.number}</span>
            </>
          )
        }
        beside={
          <>
            {answer && <StateChip definition={definition} state={flow.state} />}
            {title && <span className="dp-title">{title}</span>}
            {form.isDirty && flow.isEditing && <span className="dp-unsaved">{t(words.unsaved)}</span>}
          </>
        }
        actions={<HeadActions {...props} />}
        facts={answer && <Facts definition={definition} answer={answer} />}
      />
      {answer && <StateBar definition={definition} state={flow.state} />}
    </div>
  );
}

function HeadActions({ definition, id, answer, form, flow }: HeadProps) {
  const { t } = useLocale();
  const isDocument = definition.nature === 'document';
  const canSave = flow.isEditing && (form.isDirty || id === null || flow.isChanging);
  const canDiscard = flow.isEditing && id !== null && (form.isDirty || flow.isChanging);
  return (
    <>
      {answer && !canSave && (
        <button type="button" className="button dp-more" aria-label={t(words.print)} title={t(words.print)} onClick={() => window.print()}>
          <Icon name="print" size={16} />
        </button>
      )}
      {canDiscard && (
        <button type="button" className="link-button" onClick={flow.cancelChange}>
          {t(words.cancel)}
        </button>
      )}
      {canSave && (
        <button
          type="button"
          className={`button${id === null || !flow.primary || flow.isChanging ? ' button-primary' : ''}`}
          disabled={flow.command.isBusy}
          onClick={() => void flow.save()}
        >
          {t(id === null && isDocument ? words.saveDraft : words.save)}
        </button>
      )}
      {answer && !flow.isChanging && (
        <ActionBar
          definition={definition}
          statuses={answer.actions}
          primary={flow.primary}
          isBusy={flow.command.isBusy}
          onStart={(name) => void flow.start(name)}
          except={isDocument && flow.editName !== undefined ? [flow.editName] : []}
        />
      )}
    </>
  );
}

function Facts({ definition, answer }: { definition: AnyDefinition; answer: DocumentAnswer }) {
  const { t } = useLocale();
  const { entities } = useEntity();
  const { document, titles } = answer;
  return (
    <>
      {definition.isEntityScoped && entities.length > 1 && (
        <span>
          {t(words.company)} <EntityText id={String(document['entityId'] ?? '')} titles={titles} showsNumber={false} />
        </span>
      )}
      <span>
        {t(words.made)} <PersonText id={String(document['createdBy'] ?? '')} titles={titles} /> ·{' '}
        <InstantText at={String(document['createdAt'] ?? '')} />
      </span>
      {document['updatedAt'] !== document['createdAt'] && (
        <span>
          {t(words.changed)} <InstantText at={String(document['updatedAt'] ?? '')} />
        </span>
      )}
    </>
  );
}
