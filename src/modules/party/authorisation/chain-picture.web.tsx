import { text } from '#kernel/i18n/text.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { useLocale } from '#ui/locale.web.tsx';
import type { mayWeAsk } from '../operations.ts';

type Chain = NonNullable<OperationOutput<typeof mayWeAsk>['chain']>;

const words = {
  title: text('授权链：从注册人到供货者', 'Chain of authorisation, from the holder to the supplier'),
  gap: text('断点', 'gap'),
  until: text('至 {day}', 'until {day}'),
};

const NODE = { width: 190, height: 46 };
const ARROW = 190;
const short = (name: string, max: number): string => (name.length > max ? `${name.slice(0, max - 1)}…` : name);

/** Boxes for parties, arrows for letters; a broken letter is dashed, red and says why. */
export function ChainPicture({ chain }: { chain: Chain }) {
  const { t } = useLocale();
  const first = chain[0];
  if (!first) return null;
  const nodes = [first.from, ...chain.map((link) => link.to)];
  const step = NODE.width + ARROW;
  const problems = Math.max(...chain.map((link) => link.problems.length));
  const width = nodes.length * NODE.width + (nodes.length - 1) * ARROW;
  const sentence = chain.map((l) => `${t(l.from)} → ${t(l.to)}: ${l.letterNo}${l.problems.map((p) => `, ${t(p)}`).join('')}`).join('; ');
  return (
    <div className="chain-picture">
      <svg width={width + 2} height={NODE.height + 28 + problems * 18} role="img" aria-label={`${t(words.title)}: ${sentence}`}>
        <defs>
          <marker id="chain-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" fill="var(--secondary)" />
          </marker>
        </defs>
        {chain.map((link, at) => {
          const from = at * step + NODE.width + 1;
          const isBroken = link.problems.length > 0;
          return (
            <g key={link.id} className={isBroken ? 'chain-link is-broken' : 'chain-link'}>
              <line x1={from} y1={24 + NODE.height / 2} x2={from + ARROW - 2} y2={24 + NODE.height / 2} markerEnd="url(#chain-arrow)" />
              <text x={from + ARROW / 2} y={24 + NODE.height / 2 - 8} textAnchor="middle">
                {short(link.letterNo, 24)}
              </text>
              <text x={from + ARROW / 2} y={24 + NODE.height / 2 + 18} textAnchor="middle">
                {isBroken ? t(words.gap) : link.endsOn ? t(words.until, { day: link.endsOn }) : ''}
              </text>
              {link.problems.map((problem, i) => (
                <text key={i} x={from + ARROW / 2} y={24 + NODE.height + 14 + i * 18} textAnchor="middle">
                  <title>{t(problem)}</title>
                  {short(t(problem), 34)}
                </text>
              ))}
            </g>
          );
        })}
        {nodes.map((name, at) => (
          <g key={at} className="chain-node">
            <title>{t(name)}</title>
            <rect x={at * step + 1} y={24} width={NODE.width} height={NODE.height} rx={6} />
            <text x={at * step + NODE.width / 2} y={24 + NODE.height / 2 + 4} textAnchor="middle">
              {short(t(name), /[\u4e00-\u9fa5]/.test(t(name)) ? 13 : 26)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
