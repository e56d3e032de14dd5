import type { AnyDefinition } from '#kernel/document/definition.ts';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { stateSteps } from './state-path.ts';

const words = { path: text('单据状态', 'Where it stands'), past: text('已完成', 'done'), ahead: text('未到', 'ahead') };

/** The way of a document with where it stands; a side exit is drawn only when it was taken. */
export function StateBar({ definition, state }: { definition: AnyDefinition; state: string }) {
  const { t } = useLocale();
  const steps = stateSteps(definition, state);
  if (steps.length < 2) return null;
  return (
    <ol className="dp-states" aria-label={t(words.path)}>
      {steps.map((step) => {
        const found = definition.states[step.state];
        return (
          <li
            key={step.state}
            className={`dp-state dp-${step.position} tone-${found?.tone ?? 'draft'}`}
            aria-current={step.position === 'current' ? 'step' : undefined}
          >
            {step.position === 'past' && <Icon name="check" size={12} />}
            <span>{found ? t(found.label) : step.state}</span>
            {step.position !== 'current' && <span className="visually-hidden">({t(words[step.position])})</span>}
          </li>
        );
      })}
    </ol>
  );
}
