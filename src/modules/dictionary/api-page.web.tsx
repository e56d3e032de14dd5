import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { call, urlOf } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, PageSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import {
  answerSchemaOf,
  bodySchemaOf,
  operationsOf,
  parametersOf,
  problemsOf,
  searchOperations,
  type ApiOperation,
} from './api-operation.ts';
import { exampleOf, notesOf, schemaRows, typeOf, type Json, type SchemaRow } from './api-schema.ts';
import './dictionary.css';
import { useHash } from './hash.web.ts';
import { readOpenApi } from './operations.ts';
import { TryIt } from './try-it.web.tsx';

const words = {
  title: text('接口文档', 'API reference'),
  search: text('搜索接口：名称、路径、权限…', 'Search operations: name, path, permission…'),
  download: text('下载 OpenAPI', 'Download OpenAPI'),
  contents: text('接口目录', 'Operations'),
  nothing: text('没有匹配的接口', 'No operation matches'),
  parameters: text('参数', 'Parameters'),
  body: text('请求体', 'Body'),
  answer: text('应答', 'Answer'),
  example: text('示例', 'Example'),
  refusals: text('可能的拒绝', 'Refusals'),
  permission: text('权限', 'Permission'),
  open: text('无需登录', 'No session needed'),
  session: text('任何已登录用户', 'Any signed-in person'),
  required: text('必填', 'required'),
  place: text('位置', 'In'),
  name: text('名称', 'Name'),
  type: text('类型', 'Type'),
  meaning: text('说明', 'Meaning'),
  fromTo: text('状态', 'States'),
};

function Method({ method }: { method: string }) {
  return <span className={`dict-method dict-method-${method.toLowerCase()}`}>{method}</span>;
}

function Contents({ api, shown, open, onOpen }: { api: Json; shown: readonly ApiOperation[]; open: string; onOpen: (id: string) => void }) {
  const { t } = useLocale();
  const tags = (api['tags'] as { name: string; description?: string; 'x-description-zh'?: string }[]).map((tag) => ({
    name: tag.name,
    label: text(tag['x-description-zh'] ?? tag.name, tag.description ?? tag.name),
    operations: shown.filter((o) => o.tag === tag.name),
  }));
  return (
    <nav className="dict-contents" aria-label={t(words.contents)}>
      {tags
        .filter((tag) => tag.operations.length > 0)
        .map((tag) => (
          <section key={tag.name}>
            <h2>{t(tag.label)}</h2>
            <ul>
              {tag.operations.map((o) => (
                <li key={o.id}>
                  <button
                    type="button"
                    className="dict-item"
                    aria-current={open === o.id ? 'page' : undefined}
                    onClick={() => onOpen(o.id)}
                    title={o.path}
                  >
                    <Method method={o.method} />
                    <span>{t(o.summary)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}

function ShapeTable({ rows, caption }: { rows: readonly SchemaRow[]; caption: LocalText }) {
  const { t } = useLocale();
  if (rows.length === 0) return null;
  return (
    <div className="dict-scroll">
      <table className="dict-table">
        <caption>{t(caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(words.name)}</th>
            <th scope="col">{t(words.type)}</th>
            <th scope="col">{t(words.meaning)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.path}>
              <th scope="row" style={{ paddingInlineStart: 10 + r.depth * 18 }}>
                <code>{r.name}</code>
                {r.isRequired && <b title={t(words.required)}> *</b>}
              </th>
              <td className="dict-type">{r.type}</td>
              <td>
                {r.label && t(r.label)} {r.notes.length > 0 && <span className="dict-quiet">{r.notes.join(' · ')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ParameterTable({ operation }: { operation: ApiOperation }) {
  const { t } = useLocale();
  const parameters = parametersOf(operation);
  if (parameters.length === 0) return null;
  return (
    <div className="dict-scroll">
      <table className="dict-table">
        <caption>{t(words.parameters)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(words.name)}</th>
            <th scope="col">{t(words.place)}</th>
            <th scope="col">{t(words.type)}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((p) => (
            <tr key={`${p.place}-${p.name}`}>
              <th scope="row">
                <code>{p.name}</code>
                {p.isRequired && <b title={t(words.required)}> *</b>}
              </th>
              <td className="dict-quiet">{p.place}</td>
              <td className="dict-type">
                {typeOf(p.schema)} <span>{notesOf(p.schema).join(' · ')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Problems({ api, operation }: { api: Json; operation: ApiOperation }) {
  const { t } = useLocale();
  const known = new Map(
    (api['components']['x-refusals'] as { code: string; text: LocalText; wayOut: LocalText; rule?: string }[]).map((r) => [r.code, r]),
  );
  return (
    <section>
      <h3>{t(words.refusals)}</h3>
      {problemsOf(operation).map(({ status, codes }) => (
        <details key={status} className="dict-problem">
          <summary>
            <span className="dict-tag dict-tag-waiting">{status}</span>{' '}
            <span className="dict-quiet">{codes.length > 0 ? codes.length : ''}</span>
          </summary>
          <ul>
            {codes.map((code) => {
              const refusal = known.get(code);
              return (
                <li key={code}>
                  <code>{code}</code>{' '}
                  {refusal && (
                    <>
                      {t(refusal.text)}{' '}
                      <span className="dict-quiet">
                        {t(refusal.wayOut)} {refusal.rule}
                      </span>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      ))}
    </section>
  );
}

function OperationView({ api, operation: o }: { api: Json; operation: ApiOperation }) {
  const { t } = useLocale();
  const [body, answer] = [bodySchemaOf(o), answerSchemaOf(o)];
  const access = o.permission ? (
    <>
      {t(words.permission)} <code>{o.permission}</code>
    </>
  ) : (
    t(o.isPublic ? words.open : words.session)
  );
  const from = o.raw['x-from'] as string[] | undefined;
  return (
    <article className="dict-kind">
      <header>
        <h2>{t(o.summary)}</h2>
      </header>
      <p className="dict-path">
        <Method method={o.method} /> <code>/api{o.path}</code>
      </p>
      <p className="dict-quiet">
        {access}
        {from && (
          <>
            {' '}
            · {t(words.fromTo)} {from.join(', ')} → {o.raw['x-to']}
          </>
        )}
      </p>
      <TryIt key={o.id} api={api} operation={o} />
      <ParameterTable operation={o} />
      {body && <ShapeTable caption={words.body} rows={schemaRows(api, body)} />}
      {answer && <ShapeTable caption={words.answer} rows={schemaRows(api, answer)} />}
      {answer && (
        <details className="dict-curl">
          <summary>{t(words.example)}</summary>
          <pre>{JSON.stringify(exampleOf(api, answer), null, 2)}</pre>
        </details>
      )}
      <Problems api={api} operation={o} />
    </article>
  );
}

/** Every operation of the HTTP API with its shapes, refusals and a try-out, from the description the server gives of itself. */
export function ApiPage() {
  const { t } = useLocale();
  const { data: api, error } = useQuery({ queryKey: ['openapi'], queryFn: () => call(readOpenApi), staleTime: Infinity });
  const [query, setQuery] = useState('');
  const [open, setOpen] = useHash();
  const asked = useDeferredValue(query);
  const all = useMemo(() => (api ? operationsOf(api) : []), [api]);
  const shown = useMemo(() => searchOperations(all, asked), [all, asked]);
  if (error)
    return (
      <div className="page">
        <ErrorPanel error={error} />
      </div>
    );
  if (!api) return <PageSkeleton />;
  const operation = all.find((o) => o.id === open) ?? shown[0] ?? all[0];
  return (
    <div className="page dict-page">
      <PageHeader
        title={t(words.title)}
        actions={
          <a className="button" href={urlOf(readOpenApi)} download="medtrade-openapi.json">
            {t(words.download)}
          </a>
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
        {shown.length > 0 ? (
          <Contents api={api} shown={shown} open={operation?.id ?? ''} onOpen={setOpen} />
        ) : (
          <EmptyState icon="search" title={words.nothing} />
        )}
        {operation && <OperationView api={api} operation={operation} />}
      </div>
    </div>
  );
}
