import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { say, text, type Locale } from '#kernel/i18n/text.ts';
import { formatInstant } from '../format.ts';
import { useLocale } from '../locale.web.tsx';
import { sumDecimals } from './decimal-text.ts';
import { fieldWords, isNumeric } from './field-words.web.ts';
import { fieldsOf, formOf, isBlankRow, lineSetsOf, type FormRow } from './form-content.ts';
import { useTitles, type Titles } from './titles.web.ts';
import { useTimeline } from './timeline.web.tsx';

const words = {
  by: text('制单', 'Prepared by'),
  checked: text('审核', 'Checked by'),
  approved: text('批准', 'Approved by'),
  date: text('日期', 'Date'),
  printed: text('打印于 {at}', 'Printed {at}'),
  signed: text('电子签名', 'Electronic signatures'),
};

interface SheetProps {
  readonly definition: AnyDefinition;
  readonly answer: DocumentAnswer;
  readonly id: string;
  readonly title: string;
}

/** The document on paper: drawn only while it is printed, from the whole content, not from what happens to be in view. */
export function PrintSheet(props: SheetProps) {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting ? createPortal(<Sheet {...props} />, document.body) : null;
}

function Sheet({ definition, answer, id, title }: SheetProps) {
  const { t, locale } = useLocale();
  const titles = useTitles();
  const { data: events = [] } = useTimeline(definition, id);
  const form = formOf(definition, answer.document);
  const entity = answer.titles[String(answer.document['entityId'] ?? '')];
  const state = definition.states[String(answer.document['state'])];
  const signed = events.filter((event) => event.signature);
  return (
    <div className="print-sheet">
      <header>
        <p className="print-company">{entity ? t(entity.title) : ''}</p>
        <h1>{t(definition.label)}</h1>
        <p className="print-number">
          <span>{String(answer.document['number'] ?? '')}</span>
          <span>{state ? t(state.label) : ''}</span>
        </p>
      </header>
      {definition.nature === 'record' && <p className="print-title">{title}</p>}
      <dl className="print-fields">
        {fieldsOf(definition).map(([name, field]) => {
          const said = fieldWords(field, form.header[name], locale, titles);
          return said === '' ? null : (
            <div key={name}>
              <dt>{t(field.label)}</dt>
              <dd>{said}</dd>
            </div>
          );
        })}
      </dl>
      {lineSetsOf(definition).map(([name, set]) => (
        <PrintLines key={name} set={set} rows={form.lines[name] ?? []} locale={locale} titles={titles} />
      ))}
      {signed.length > 0 && (
        <section className="print-signed">
          <h2>{t(words.signed)}</h2>
          <ul>
            {signed.map(
              ({ id: key, signature }) =>
                signature && (
                  <li key={key}>
                    {typeof signature.meaning === 'string' ? signature.meaning : t(signature.meaning)}: {signature.printedName} ·{' '}
                    {formatInstant(signature.signedAt, locale, true)}
                  </li>
                ),
            )}
          </ul>
        </section>
      )}
      <footer>
        {[words.by, words.checked, words.approved].map((label) => (
          <div key={label.en}>
            <span>{t(label)}</span>
            <i />
            <span>{t(words.date)}</span>
            <i />
          </div>
        ))}
      </footer>
      <p className="print-when">{t(words.printed, { at: formatInstant(new Date().toISOString(), locale) })}</p>
    </div>
  );
}

function PrintLines({ set, rows, locale, titles }: { set: LineSet; rows: readonly FormRow[]; locale: Locale; titles: Titles }) {
  const filled = rows.filter((row) => !isBlankRow(set, row));
  // A column in which nothing stands only takes paper.
  const columns = Object.entries(set.fields).filter(([name]) =>
    filled.some((row) => fieldWords({ kind: 'text' }, row.values[name], locale, titles) !== ''),
  );
  const sums = columns.map(([name, field]) =>
    field.kind === 'money' || field.kind === 'quantity' ? sumDecimals(filled.map((row) => row.values[name])) : null,
  );
  return (
    <table className="print-lines">
      <thead>
        <tr>
          <th>#</th>
          {columns.map(([name, field]) => (
            <th key={name} className={isNumeric(field.kind) ? 'print-num' : ''}>
              {say(field.label, locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {filled.map((row, i) => (
          <tr key={row.key}>
            <td>{i + 1}</td>
            {columns.map(([name, field]) => (
              <td key={name} className={isNumeric(field.kind) ? 'print-num' : ''}>
                {fieldWords(field, row.values[name], locale, titles)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {sums.some((sum) => sum !== null) && (
        <tbody className="print-total">
          <tr>
            <td>Σ</td>
            {columns.map(([name, field], i) => (
              <td key={name} className="print-num">
                {sums[i] === null || sums[i] === undefined ? '' : fieldWords(field, sums[i], locale, titles)}
              </td>
            ))}
          </tr>
        </tbody>
      )}
    </table>
  );
}
