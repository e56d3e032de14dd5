import { useMutation } from '@tanstack/react-query';
import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { call, newKey } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { importCheck, type ImportColumnWire, type ImportSessionWire } from './import-operations.ts';
import { SameFile } from './import-same-file.web.tsx';
import type { Home, SessionAnswer } from './import-upload-step.web.tsx';
import { words } from './import-words.ts';

type Mapping = (string | null)[][];
type Mode = ImportSessionWire['mode'];

interface MappingStepProps {
  readonly home: Home;
  readonly answer: SessionAnswer;
  readonly onChecking: (answer: SessionAnswer) => void;
}

/** Required columns nothing is matched to. */
const missingIn = (home: Home, mapping: Mapping, mode: Mode): ImportColumnWire[] => {
  const mapped = new Set(mapping.flat());
  const usedSets = new Set(home.columns.filter((c) => mapped.has(c.id)).map((c) => c.set));
  return mode === 'update' ? [] : home.columns.filter((c) => c.isRequired && !mapped.has(c.id) && (c.set === null || usedSets.has(c.set)));
};

/** Which column of the file is which; guessed, and every guess can be changed. */
export function MappingStep({ home, answer, onChecking }: MappingStepProps) {
  const { t, locale } = useLocale();
  const { session } = answer;
  const [mapping, setMapping] = useState<Mapping>(session.mapping);
  const [mode, setMode] = useState<Mode>(session.mode);
  const check = useMutation({
    mutationFn: () => call(importCheck, { params: { sessionId: session.id }, body: { mapping, mode } }, { key: newKey() }),
    onSuccess: onChecking,
  });
  const missing = missingIn(home, mapping, mode);
  const choose = (sheet: number, column: number, id: string | null) =>
    setMapping(
      mapping.map((row, s) =>
        s === sheet ? row.map((known, c) => (c === column ? id : known === id && id !== null ? null : known)) : row,
      ),
    );
  return (
    <>
      <SameFile answer={answer} />
      {session.sheets.map((sheet, s) =>
        sheet.rows === 0 ? null : (
          <section key={sheet.name} className="card">
            <p className="secondary">
              {t(words.sheet, { name: sheet.name, rows: sheet.rows, header: sheet.headerRow })}
              {session.encoding && ` · ${session.encoding.toUpperCase()}`}
              {sheet.comments > 0 && ` · ${t(words.comments, { count: sheet.comments })}`}
            </p>
            <SheetMapping home={home} sheet={sheet} mapping={mapping[s] ?? []} onChoose={(column, id) => choose(s, column, id)} />
          </section>
        ),
      )}
      <div className="import-choices">
        {home.canUpdate && (
          <fieldset>
            <legend className="field-label">{t(words.mode)}</legend>
            <Radio.Group
              value={mode}
              onChange={(e) => setMode(e.target.value as Mode)}
              options={(['create', 'both', 'update'] as const).map((m) => ({ value: m, label: t(words.modes[m]) }))}
            />
          </fieldset>
        )}
      </div>
      {missing.length > 0 && (
        <p role="status" className="overdue">
          {t(words.missing, { names: missing.map((c) => t(c.label)).join(locale === 'zh-CN' ? '、' : ', ') })}
        </p>
      )}
      {check.error && <ErrorPanel error={check.error} takesFocus />}
      <div className="import-buttons">
        <Button type="primary" disabled={missing.length > 0} loading={check.isPending} onClick={() => check.mutate()}>
          {t(words.check)}
        </Button>
        <span className="secondary">{t(words.checkHint)}</span>
      </div>
    </>
  );
}

interface SheetMappingProps {
  readonly home: Home;
  readonly sheet: ImportSessionWire['sheets'][number];
  readonly mapping: readonly (string | null)[];
  readonly onChoose: (column: number, id: string | null) => void;
}

function SheetMapping({ home, sheet, mapping, onChoose }: SheetMappingProps) {
  const { t } = useLocale();
  const options = home.columns.map((c) => ({ value: c.id, label: `${t(c.label)}${c.isRequired ? ' *' : ''}`, title: t(c.hint) }));
  return (
    <div className="import-scroll">
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{t(words.column)}</th>
            <th scope="col">{t(words.sample)}</th>
            <th scope="col">{t(words.target)}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.headers.map((header, column) => {
            const chosen = home.columns.find((c) => c.id === mapping[column]);
            return (
              <tr key={`${column}-${header}`}>
                <th scope="row">{header}</th>
                <td className="sample">
                  {sheet.sample
                    .map((row) => row[column])
                    .filter(Boolean)
                    .slice(0, 3)
                    .join(' · ')}
                </td>
                <td>
                  <Select
                    style={{ width: 260 }}
                    value={mapping[column] ?? null}
                    showSearch={{ optionFilterProp: 'label' }}
                    aria-label={t(words.targetOf, { column: header })}
                    options={[{ value: null, label: t(words.ignored) }, ...options]}
                    onChange={(id: string | null) => onChoose(column, id)}
                  />
                  {chosen && <p className="field-hint">{t(chosen.hint)}</p>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
