import { useQuery } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { feedback, useScan } from '#ui/shell/scan.web.ts';
import { IdentifyResult } from './identify-result.web.tsx';
import { identifyOperation } from './operations.ts';
import './identify.css';

const words = {
  title: text('扫码识别', 'Identify by code'),
  about: text(
    'GS1、HIBC、ISBT 128、MA、数字链接；一件物品的多个标签可连续扫描',
    'GS1, HIBC, ISBT 128, MA, Digital Link; scan every label of one item in a row',
  ),
  field: text('扫描、粘贴或输入编码', 'Scan, paste or type a code'),
  read: text('识别', 'Read'),
  another: text('清空，换下一件', 'Clear for the next item'),
  scanned: text('已扫描', 'Scanned'),
  remove: text('删除此次扫描', 'Take this scan away'),
  none: text('等待扫描', 'Ready to scan'),
  noneHint: text(
    '扫描标签上的条码或二维码，原文、各项内容和对应产品会显示在这里。',
    'Scan a barcode or 2D code: what it says, part by part, and the product appear here.',
  ),
  examples: text('试试这些', 'Try one of these'),
};

/** Codes of each family, built from numbers the standards print as examples. */
const examples: readonly { readonly name: string; readonly code: string }[] = [
  { name: 'GS1', code: ']d201095201234567881727123110AB-7\u001d21S000123' },
  { name: 'Digital Link', code: 'https://id.gs1.org/01/09520123456788/10/ABC/21/123?17=271231' },
  { name: 'HIBC', code: '+A123BJC5D6E71G1X' },
  { name: 'MA', code: 'MA.156.M0.100761.21234561.Sx00008.M220117.L20220117' },
];

const controlNames: Readonly<Record<string, string>> = {
  '\u001d': 'GS',
  '\u001e': 'RS',
  '\u001c': 'FS',
  '\u0004': 'EOT',
  '\t': 'TAB',
  '\ufeff': 'BOM',
};

/** A scan as it came, with the signs that have no shape by their names. */
function Raw({ scan }: { scan: string }) {
  const pieces = scan.split(/([\u0000-\u001f\ufeff])/);
  return (
    <code>
      {pieces.map((piece, at) =>
        at % 2 === 0 ? piece : <abbr key={at}>{controlNames[piece] ?? `x${piece.charCodeAt(0).toString(16)}`}</abbr>,
      )}
    </code>
  );
}

function Examples({ onPick }: { onPick: (code: string) => void }) {
  const { t } = useLocale();
  return (
    <div className="identify-examples">
      <span className="secondary">{t(words.examples)}</span>
      {examples.map((example) => (
        <button key={example.name} type="button" className="button" onClick={() => onPick(example.code)}>
          {example.name}
        </button>
      ))}
    </div>
  );
}

function Scans({ scans, onRemove }: { scans: readonly string[]; onRemove: (at: number) => void }) {
  const { t } = useLocale();
  return (
    <ol className="identify-scans" aria-label={t(words.scanned)}>
      {scans.map((scan, at) => (
        <li key={scan}>
          <Raw scan={scan} />
          <button
            type="button"
            className="identify-remove"
            aria-label={t(words.remove)}
            title={t(words.remove)}
            onClick={() => onRemove(at)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Scan or paste anything: the raw text, what each part means, which product it is, and what to choose where it is not clear. */
export function IdentifyPage() {
  const { t } = useLocale();
  const [typed, setTyped] = useState('');
  const [scans, setScans] = useState<readonly string[]>([]);
  const field = useRef<InputRef>(null);
  const query = useQuery({
    queryKey: ['identify', scans],
    queryFn: () => call(identifyOperation, { body: { scans: [...scans] } }),
    enabled: scans.length > 0,
    gcTime: 0,
  });
  const add = (code: string): void => {
    if (code.trim() !== '' && !scans.includes(code)) setScans([...scans, code]);
    setTyped('');
    field.current?.focus();
  };
  useScan(add);
  const answer = scans.length > 0 ? query.data : undefined;
  useEffect(() => {
    if (answer) feedback(answer.reading.problems.length === 0 || answer.products.some((p) => p.by === 'code') ? 'good' : 'refused');
  }, [answer]);
  return (
    <div className="page identify-page">
      <PageHeader
        title={t(words.title)}
        facts={<span className="secondary">{t(words.about)}</span>}
        actions={
          scans.length > 0 && (
            <button type="button" className="button" onClick={() => setScans([])}>
              {t(words.another)}
            </button>
          )
        }
      />
      <form
        className="identify-entry"
        onSubmit={(event) => {
          event.preventDefault();
          add(typed);
        }}
      >
        <Input
          ref={field}
          autoFocus
          size="large"
          prefix={<Icon name="scan" size={18} />}
          aria-label={t(words.field)}
          placeholder={t(words.field)}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            // A wedge scanner sends GS as Ctrl+] or F8; a text field would swallow it.
            if ((event.ctrlKey && event.key === ']') || event.key === 'F8') {
              event.preventDefault();
              setTyped((before) => `${before}\u001d`);
            }
          }}
          onPaste={(event) => {
            const lines = event.clipboardData
              .getData('text')
              .split(/\r?\n/)
              .filter((line) => line.trim() !== '');
            if (lines.length < 2) return;
            event.preventDefault();
            setScans([...new Set([...scans, ...lines])].slice(0, 20));
          }}
        />
        <button type="submit" className="button button-primary" disabled={typed.trim() === ''}>
          {t(words.read)}
        </button>
      </form>
      {scans.length > 0 && <Scans scans={scans} onRemove={(at) => setScans(scans.filter((_, i) => i !== at))} />}
      {query.error && scans.length > 0 && <ErrorPanel error={query.error} />}
      {scans.length === 0 && (
        <section className="card">
          <EmptyState title={words.none} hint={words.noneHint} icon="scan" action={<Examples onPick={add} />} />
        </section>
      )}
      {answer && <IdentifyResult key={scans.join('\n')} answer={answer} />}
    </div>
  );
}
