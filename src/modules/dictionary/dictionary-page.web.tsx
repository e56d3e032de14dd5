import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { call, urlOf } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { EmptyState, PageSkeleton } from '#ui/common/states.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { searchDictionary, sections, sectionRows, type SectionName } from './browse.ts';
import './dictionary.css';
import { useHash } from './hash.web.ts';
import { KindView } from './kind-view.web.tsx';
import { exportDictionary, readDictionary, type Dictionary } from './operations.ts';

const words = {
  title: text('数据字典', 'Data dictionary'),
  search: text('搜索单据、字段、状态、权限、拒绝原因…', 'Search kinds, fields, states, permissions, refusals…'),
  excel: text('导出 Excel', 'Export Excel'),
  json: text('导出 JSON', 'Export JSON'),
  nothing: text('没有匹配的内容', 'Nothing matches'),
  nothingHint: text('换一个词，中英文与标识都可以搜。', 'Try another word; both languages and names are searched.'),
  hits: text('{count} 处匹配', '{count} matches'),
  contents: text('目录', 'Contents'),
};

const useDictionary = () => useQuery({ queryKey: ['dictionary'], queryFn: () => call(readDictionary), staleTime: Infinity });

function Contents({ dictionary, open, onOpen }: { dictionary: Dictionary; open: string; onOpen: (key: string) => void }) {
  const { t } = useLocale();
  const item = (key: string, label: LocalText, beside: string) => (
    <li key={key}>
      <button type="button" className="dict-item" aria-current={open === key ? 'page' : undefined} onClick={() => onOpen(key)}>
        <span>{t(label)}</span>
        <code>{beside}</code>
      </button>
    </li>
  );
  return (
    <nav className="dict-contents" aria-label={t(words.contents)}>
      {dictionary.modules.map((m) => {
        const kinds = dictionary.kinds.filter((k) => k.module === m.name);
        return (
          kinds.length > 0 && (
            <section key={m.name}>
              <h2>{t(m.label)}</h2>
              <ul>{kinds.map((k) => item(k.kind, k.label, k.kind))}</ul>
            </section>
          )
        );
      })}
      <section>
        <h2>{t(text('全部', 'Across modules'))}</h2>
        <ul>{(Object.keys(sections) as SectionName[]).map((name) => item(`~${name}`, sections[name], String(dictionary[name].length)))}</ul>
      </section>
    </nav>
  );
}

function Section({ dictionary, name }: { dictionary: Dictionary; name: SectionName }) {
  const { t } = useLocale();
  const { heads, rows } = useMemo(() => sectionRows(dictionary, name), [dictionary, name]);
  return (
    <article className="dict-kind">
      <header>
        <h2>{t(sections[name])}</h2>
      </header>
      <div className="dict-scroll">
        <table className="dict-table">
          <thead>
            <tr>
              {heads.map((h) => (
                <th key={h.en} scope="col">
                  {t(h)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                {row.cells.map((cell, at) => (
                  // The columns of a section never change their order.
                  <td key={`${row.key}-${heads[at]?.en ?? at}`}>{typeof cell === 'string' ? <code>{cell}</code> : t(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

function Hits({ dictionary, query, onOpen }: { dictionary: Dictionary; query: string; onOpen: (key: string) => void }) {
  const { t } = useLocale();
  const hits = useMemo(() => searchDictionary(dictionary, query), [dictionary, query]);
  if (hits.length === 0) return <EmptyState icon="search" title={words.nothing} hint={words.nothingHint} />;
  return (
    <div className="dict-kind">
      <p className="dict-quiet" role="status">
        {t(words.hits, { count: hits.length })}
      </p>
      <ul className="dict-hits">
        {hits.slice(0, 200).map((hit) => (
          <li key={hit.key}>
            <button type="button" className="dict-hit" onClick={() => onOpen(hit.open)}>
              <span className="dict-tag">{t(hit.sort)}</span>
              <code>{hit.name}</code>
              <span>{t(hit.label)}</span>
              {hit.of && <span className="dict-quiet">{t(hit.of)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Body({ dictionary, query, open, onOpen }: { dictionary: Dictionary; query: string; open: string; onOpen: (key: string) => void }) {
  if (query.trim() !== '') return <Hits dictionary={dictionary} query={query} onOpen={onOpen} />;
  const section = (Object.keys(sections) as SectionName[]).find((name) => open === `~${name}`);
  if (section) return <Section dictionary={dictionary} name={section} />;
  const kind = dictionary.kinds.find((k) => k.kind === open) ?? dictionary.kinds[0];
  return kind ? <KindView key={kind.kind} kind={kind} onOpen={onOpen} /> : <Section dictionary={dictionary} name="operations" />;
}

/** Everything the product consists of, generated from the definitions it runs on. */
export function DictionaryPage() {
  const { t, locale } = useLocale();
  const { data, error } = useDictionary();
  const [query, setQuery] = useState('');
  const [open, setOpen] = useHash();
  const asked = useDeferredValue(query);
  const choose = (key: string): void => {
    setQuery('');
    setOpen(key);
  };
  if (error)
    return (
      <div className="page">
        <ErrorPanel error={error} />
      </div>
    );
  if (!data) return <PageSkeleton />;
  return (
    <div className="page dict-page">
      <PageHeader
        title={t(words.title)}
        actions={
          <>
            <a className="button" href={urlOf(exportDictionary, { query: { locale } })}>
              {t(words.excel)}
            </a>
            <a className="button" href={urlOf(readDictionary)} download="dictionary.json">
              {t(words.json)}
            </a>
          </>
        }
      />
      <input
        type="search"
        className="dict-search"
        value={query}
        placeholder={t(words.search)}
        aria-label={t(words.search)}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className="dict-split">
        <Contents dictionary={data} open={query === '' ? open || (data.kinds[0]?.kind ?? '') : ''} onOpen={choose} />
        <Body dictionary={data} query={asked} open={open} onOpen={choose} />
      </div>
    </div>
  );
}
