import { Link } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { ActionStatus, RefusalWire } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { documentPath } from '../product.web.ts';

const words = {
  more: text('更多操作', 'More actions'),
  why: text('“{action}”现在不能执行', '“{action}” is not possible now'),
  whyButton: text('查看原因', 'See why'),
  rule: text('依据 {rule}', 'Rule {rule}'),
  go: text('前往处理', 'Go there'),
};

interface ActionBarProps {
  readonly definition: AnyDefinition;
  readonly statuses: readonly ActionStatus[];
  readonly primary: string | undefined;
  /** Actions offered elsewhere (saving). */
  readonly except: readonly string[];
  readonly isBusy: boolean;
  readonly onStart: (action: string) => void;
}

/** The one primary action as a button, every other one in the menu; what is not possible stays visible and says why. */
export function ActionBar({ definition, statuses, primary, except, isBusy, onStart }: ActionBarProps) {
  const { t } = useLocale();
  const known = statuses.filter((s) => definition.actions[s.name] !== undefined && !except.includes(s.name));
  const first = known.find((s) => s.name === primary);
  const others = known.filter((s) => s !== first);
  return (
    <>
      {others.length > 0 && <ActionMenu definition={definition} statuses={others} onStart={onStart} />}
      {first &&
        (first.isAllowed ? (
          <button type="button" className="button button-primary" disabled={isBusy} onClick={() => onStart(first.name)}>
            {t(definition.actions[first.name]!.label)}
          </button>
        ) : (
          <Disabled status={first} label={t(definition.actions[first.name]!.label)} />
        ))}
    </>
  );
}

/** A button that cannot be pressed but can be asked. */
function Disabled({ status, label }: { status: ActionStatus; label: string }) {
  const { t } = useLocale();
  return (
    <Popover trigger={['click', 'hover']} placement="bottomRight" content={<Reasons label={label} refusals={status.refusals} />}>
      <button type="button" className="button dp-disabled" aria-disabled="true" aria-haspopup="dialog">
        {label}
        <span className="visually-hidden">: {t(words.whyButton)}</span>
        <Icon name="help" size={15} />
      </button>
    </Popover>
  );
}

export function Reasons({ label, refusals }: { label: string; refusals: readonly RefusalWire[] }) {
  const { t } = useLocale();
  return (
    <div className="dp-reasons">
      <p className="dp-reasons-title">{t(words.why, { action: label })}</p>
      <ul>
        {refusals.map((refusal, i) => (
          <Reason key={`${i}-${refusal.code}`} refusal={refusal} />
        ))}
      </ul>
    </div>
  );
}

function Reason({ refusal }: { refusal: RefusalWire }): ReactNode {
  const { t } = useLocale();
  const path = refusal.link && documentPath(refusal.link.kind, refusal.link.id);
  return (
    <li>
      <span className="dp-reason-text">{t(refusal.text)}</span>
      {refusal.rule && <span className="dp-reason-rule">{t(words.rule, { rule: refusal.rule })}</span>}
      <span className="dp-reason-way">
        {t(refusal.wayOut)} {path && <Link to={path}>{t(words.go)}</Link>}
      </span>
    </li>
  );
}

function ActionMenu({
  definition,
  statuses,
  onStart,
}: {
  definition: AnyDefinition;
  statuses: readonly ActionStatus[];
  onStart: (action: string) => void;
}) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const sorted = [...statuses].sort(
    (a, b) => Number(definition.actions[a.name]?.isDangerous ?? false) - Number(definition.actions[b.name]?.isDangerous ?? false),
  );
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      placement="bottomRight"
      content={
        <ul className="dp-menu">
          {sorted.map((status) => {
            const action = definition.actions[status.name]!;
            return (
              <li key={status.name}>
                {status.isAllowed ? (
                  <button
                    type="button"
                    className={action.isDangerous ? 'dp-menu-item dp-danger' : 'dp-menu-item'}
                    onClick={() => {
                      setOpen(false);
                      onStart(status.name);
                    }}
                  >
                    {t(action.label)}
                  </button>
                ) : (
                  <div className="dp-menu-item dp-menu-off" role="note">
                    <span>{t(action.label)}</span>
                    {status.refusals.slice(0, 3).map((r, i) => (
                      <Off key={`${i}-${r.code}`} refusal={r} />
                    ))}
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      }
    >
      <button type="button" className="button dp-more" aria-label={t(words.more)} title={t(words.more)}>
        <Icon name="more" size={16} />
      </button>
    </Popover>
  );
}

function Off({ refusal }: { refusal: RefusalWire }) {
  const { t } = useLocale();
  const path = refusal.link && documentPath(refusal.link.kind, refusal.link.id);
  return (
    <span className="dp-menu-why">
      {t(refusal.text)} {t(refusal.wayOut)} {refusal.rule && `(${refusal.rule})`} {path && <Link to={path}>{t(words.go)}</Link>}
    </span>
  );
}
