import type { LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';
import type { KindEntry } from './operations.ts';
import { box, stateDiagram, type StateArrow, type StateBox } from './state-diagram.ts';

function Arrow({ arrow }: { arrow: StateArrow }) {
  const { t } = useLocale();
  const isDangerous = arrow.actions.every((a) => a.isDangerous);
  const words = arrow.actions.map((a) => t(a.label)).join(' / ');
  return (
    <g className={isDangerous ? 'dict-arrow dict-arrow-danger' : 'dict-arrow'}>
      <path d={arrow.path} markerEnd="url(#dict-tip)" />
      <text x={arrow.labelX} y={arrow.labelY} textAnchor="middle">
        {words}
      </text>
    </g>
  );
}

function Box({ at, label, tone, staying }: { at: StateBox; label: LocalText; tone: string; staying: string }) {
  const { t } = useLocale();
  return (
    <g>
      <rect x={at.x} y={at.y} width={box.width} height={box.height} rx={6} className={`dict-state dict-state-${tone}`} />
      <text x={at.x + box.width / 2} y={at.y + 22} textAnchor="middle" className="dict-state-word">
        {t(label)}
      </text>
      {staying && (
        <text x={at.x + box.width / 2} y={at.y + box.height + 14} textAnchor="middle" className="dict-staying">
          ↻ {staying}
        </text>
      )}
    </g>
  );
}

/** The states of a kind and the actions that lead from one to the next, drawn. */
export function StateDiagramView({ kind }: { kind: KindEntry }) {
  const { t } = useLocale();
  const drawn = stateDiagram(kind);
  const start = drawn.boxes[0];
  const summary = kind.actions.map((a) => `${t(a.label)}: ${a.from.join(', ')} → ${a.to}`).join('; ');
  return (
    <div className="dict-diagram" tabIndex={0} role="group" aria-label={t(kind.label)}>
      <svg width={drawn.width} height={drawn.height} viewBox={`0 0 ${drawn.width} ${drawn.height}`} role="img" aria-label={summary}>
        <defs>
          <marker id="dict-tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8z" className="dict-tip" />
          </marker>
        </defs>
        {start && <circle cx={start.x + 6} cy={start.y + box.height / 2} r={6} className="dict-start" />}
        {drawn.arrows.map((a) => (
          <Arrow key={`${a.from}-${a.to}`} arrow={a} />
        ))}
        {kind.states.map((s) => {
          const at = drawn.boxes.find((b) => b.name === s.name);
          const staying = (drawn.staying[s.name] ?? []).map((a) => t(a.label)).join(' / ');
          return at && <Box key={s.name} at={at} label={s.label} tone={s.tone} staying={staying} />;
        })}
      </svg>
    </div>
  );
}
