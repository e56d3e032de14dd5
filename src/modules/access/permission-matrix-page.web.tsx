import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { Fragment, useDeferredValue, useMemo, useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { PageSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import './access.css';
import { permissionMatrix } from './administration-operations.ts';
import { Card } from './labelled.web.tsx';

type Matrix = OperationOutput<typeof permissionMatrix>;

const words = {
  title: text('权限矩阵', 'Permission matrix'),
  permission: text('权限', 'Permission'),
  search: text('搜索权限…', 'Search permissions…'),
  allModules: text('全部模块', 'All modules'),
  holders: text('{count} 人', '{count} people'),
  held: text('有', 'yes'),
  conflicts: text('不相容职责', 'Duties kept apart'),
  shown: text('{count} 项权限', '{count} permissions'),
};

function Rows({ matrix, module, search }: { matrix: Matrix; module: string | null; search: string }) {
  const { t } = useLocale();
  const held = useMemo(() => new Map(matrix.roles.map((role) => [role.id, new Set(role.permissions)])), [matrix]);
  const matches = (name: string, words_: string) => search === '' || name.includes(search) || words_.toLowerCase().includes(search);
  return matrix.modules.filter((m) => module === null || m.name === module).map((m) => {
    const rows = m.permissions.filter((p) => matches(p.name, `${t(p.group)} ${t(p.label)}`));
    if (rows.length === 0) return null;
    return (
      <Fragment key={m.name}>
        <tr className="access-group"><th scope="colgroup" colSpan={matrix.roles.length + 1}>{t(m.label)}</th></tr>
        {rows.map((p) => (
          <tr key={p.name}>
            <th scope="row" title={p.name}><span className="secondary">{t(p.group)} · </span>{t(p.label)}</th>
            {matrix.roles.map((role) => (
              <td key={role.id} className={held.get(role.id)?.has(p.name) ? 'is-held' : ''}>{held.get(role.id)?.has(p.name) ? <span aria-label={t(words.held)}>✓</span> : ''}</td>
            ))}
          </tr>
        ))}
      </Fragment>
    );
  });
}

function Conflicts({ matrix }: { matrix: Matrix }) {
  const { t } = useLocale();
  const labels = new Map(matrix.modules.flatMap((m) => m.permissions).map((p) => [p.name, `${t(p.group)} · ${t(p.label)}`]));
  if (matrix.conflicts.length === 0) return null;
  return (
    <Card title={words.conflicts}>
      <dl className="access-facts">
        {matrix.conflicts.map(({ permissions, reason }) => (
          <Fragment key={permissions.join(' ')}><dt>{permissions.map((name) => labels.get(name) ?? name).join(' ≠ ')}</dt><dd>{t(reason)}</dd></Fragment>
        ))}
      </dl>
    </Card>
  );
}

/** Roles × permissions in words, wildcards resolved, and the duties that no one person may join. */
export function PermissionMatrixPage() {
  const { t } = useLocale();
  const [search, setSearch] = useState('');
  const [module, setModule] = useState<string | null>(null);
  const sought = useDeferredValue(search.trim().toLowerCase());
  const query = useQuery({ queryKey: ['permission-matrix'], queryFn: () => call(permissionMatrix) });
  if (query.error) return <div className="page"><PageHeader title={t(words.title)} /><ErrorPanel error={query.error} /></div>;
  if (!query.data) return <PageSkeleton />;
  const matrix = query.data;
  const count = matrix.modules.reduce((sum, m) => sum + m.permissions.length, 0);
  return (
    <div className="page">
      <PageHeader title={t(words.title)} facts={<span>{t(words.shown, { count })}</span>} />
      <div className="access-tools">
        <Input.Search allowClear style={{ width: 280 }} placeholder={t(words.search)} aria-label={t(words.search)} value={search} onChange={(e) => setSearch(e.target.value)} />
        <Select style={{ width: 180 }} aria-label={t(words.allModules)} allowClear placeholder={t(words.allModules)} value={module} onChange={(v: string | undefined) => setModule(v ?? null)}
          options={matrix.modules.map((m) => ({ value: m.name, label: t(m.label) }))} />
      </div>
      <section className="card access-scroll" tabIndex={0} aria-label={t(words.title)}>
        <table className="access-matrix">
          <thead>
            <tr>
              <th scope="col">{t(words.permission)}</th>
              {matrix.roles.map((role) => (
                <th key={role.id} scope="col">
                  <Link to={documentPath('role', role.id) ?? '/'}>{t(role.name)}</Link> <span className="secondary">{t(words.holders, { count: role.holders })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody><Rows matrix={matrix} module={module} search={sought} /></tbody>
        </table>
      </section>
      <Conflicts matrix={matrix} />
    </div>
  );
}
