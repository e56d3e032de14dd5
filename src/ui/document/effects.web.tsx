import { type ReactNode } from 'react';
import type { CommandAnswer } from '#kernel/http/wire.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { EntityText, MoneyText, QuantityText } from '../common/values.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { sumDecimals } from './decimal-text.ts';
import { qualityWords } from './quality-words.ts';

const words = {
  gates: text('检查', 'Checks'),
  passed: text('通过', 'Passed'),
  refused: text('未通过', 'Refused'),
  moves: text('货物移动（{count}）', 'Movements of goods ({count})'),
  product: text('产品 / 批号', 'Product / lot'),
  from: text('从', 'From'),
  to: text('到', 'To'),
  quantity: text('数量', 'Quantity'),
  value: text('金额', 'Value'),
  shown: text('显示前 {shown} 条，共 {count} 条', 'The first {shown} of {count}'),
  journal: text('会计分录', 'Journal'),
  account: text('科目', 'Account'),
  debit: text('借方', 'Debit'),
  credit: text('贷方', 'Credit'),
  total: text('合计', 'Total'),
  numbers: text('将取得的编号', 'Numbers it will take'),
  nothing: text('不移动货物，不产生分录。', 'No goods move and nothing is posted.'),
};

type Effects = CommandAnswer['effects'];

/** The four parts of a rehearsal: checks, movements, journal, numbers. */
export function Effects({ answer }: { answer: CommandAnswer }) {
  const { t } = useLocale();
  const { effects, titles } = answer;
  const isQuiet = effects.moves.length === 0 && effects.journal.length === 0;
  return (
    <>
      {effects.gates.length > 0 && (
        <Part title={words.gates}>
          <Gates gates={effects.gates} />
        </Part>
      )}
      {effects.moves.length > 0 && (
        <Part title={words.moves} params={{ count: effects.moveCount }}>
          <Moves effects={effects} titles={titles} />
        </Part>
      )}
      {effects.journal.length > 0 && (
        <Part title={words.journal}>
          <Journal lines={effects.journal} titles={titles} />
        </Part>
      )}
      {effects.numbers.length > 0 && (
        <Part title={words.numbers}>
          <p className="dp-numbers number">
            {effects.numbers.map((n) => (
              <code key={n}>{n}</code>
            ))}
          </p>
        </Part>
      )}
      {isQuiet && <p className="secondary">{t(words.nothing)}</p>}
    </>
  );
}

function Part({ title, params, children }: { title: LocalText; params?: Record<string, number>; children: ReactNode }) {
  const { t } = useLocale();
  return (
    <section className="dp-part">
      <h3>{t(title, params)}</h3>
      {children}
    </section>
  );
}

export function Gates({ gates }: { gates: Effects['gates'] }) {
  const { t } = useLocale();
  return (
    <ul className="dp-gates">
      {gates.map((gate) => (
        <li key={gate.gate} className={gate.isPassed ? 'dp-gate-good' : 'dp-gate-bad'}>
          <Icon name={gate.isPassed ? 'check' : 'refused'} size={15} />
          <span>{gate.gate}</span>
          <span className="secondary">
            {t(gate.isPassed ? words.passed : words.refused)} · {gate.ruleVersion}
          </span>
          {gate.refusals.map((r) => (
            <span key={r.code} className="dp-gate-why">
              {t(r.text)} {t(r.wayOut)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Moves({ effects, titles }: { effects: Effects; titles: CommandAnswer['titles'] }) {
  const { t } = useLocale();
  const state = (name: string) => t((qualityWords as Readonly<Record<string, LocalText>>)[name] ?? { zh: name, en: name });
  return (
    <>
      <div className="dp-table-scroll" tabIndex={0} role="region" aria-label={t(words.moves, { count: effects.moveCount })}>
        <table className="dp-table">
          <thead>
            <tr>
              <th>#</th>
              <th>{t(words.product)}</th>
              <th>{t(words.from)}</th>
              <th>{t(words.to)}</th>
              <th className="dp-num">{t(words.quantity)}</th>
              <th className="dp-num">{t(words.value)}</th>
            </tr>
          </thead>
          <tbody>
            {effects.moves.map((move, i) => (
              <tr key={i}>
                <td className="number secondary">{move.line}</td>
                <td>
                  <EntityText id={move.productId} titles={titles} kind="product" />
                  <br />
                  <span className="secondary number">{move.lotLabel}</span>
                </td>
                <td>
                  <EntityText id={move.fromPlaceId} titles={titles} />
                  <br />
                  <span className="secondary">{state(move.fromState)}</span>
                </td>
                <td>
                  <EntityText id={move.toPlaceId} titles={titles} />
                  <br />
                  <span className="secondary">{state(move.toState)}</span>
                </td>
                <td className="dp-num">
                  <QuantityText quantity={move.quantity} />
                </td>
                <td className="dp-num">
                  <MoneyText amount={move.value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {effects.moveCount > effects.moves.length && (
        <p className="field-hint">{t(words.shown, { shown: effects.moves.length, count: effects.moveCount })}</p>
      )}
    </>
  );
}

const isZero = (amount: string): boolean => !/[1-9]/.test(amount);

function Journal({ lines, titles }: { lines: Effects['journal']; titles: CommandAnswer['titles'] }) {
  const { t } = useLocale();
  const currencies = [...new Set(lines.map((line) => line.currency))];
  return (
    <div className="dp-table-scroll" tabIndex={0} role="region" aria-label={t(words.journal)}>
      <table className="dp-table">
        <thead>
          <tr>
            <th>{t(words.account)}</th>
            <th className="dp-num">{t(words.debit)}</th>
            <th className="dp-num">{t(words.credit)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={i}>
              <td>
                <EntityText id={line.accountId} titles={titles} />
                {line.counterpartyId && (
                  <>
                    {' '}
                    · <EntityText id={line.counterpartyId} titles={titles} />
                  </>
                )}
                {line.summary && (
                  <>
                    <br />
                    <span className="secondary">{line.summary}</span>
                  </>
                )}
              </td>
              <td className="dp-num">{isZero(line.debit) ? '' : <MoneyText amount={line.debit} currency={line.currency} />}</td>
              <td className="dp-num">{isZero(line.credit) ? '' : <MoneyText amount={line.credit} currency={line.currency} />}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {currencies.map((currency) => (
            <tr key={currency}>
              <th scope="row">{t(words.total)}</th>
              <td className="dp-num">
                <MoneyText amount={sumDecimals(lines.filter((l) => l.currency === currency).map((l) => l.debit))} currency={currency} />
              </td>
              <td className="dp-num">
                <MoneyText amount={sumDecimals(lines.filter((l) => l.currency === currency).map((l) => l.credit))} currency={currency} />
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}
