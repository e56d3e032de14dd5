import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call, documents } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { PageSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import './access.css';
import { permissionMatrix } from './administration-operations.ts';
import { Card } from './labelled.web.tsx';
import { regrant } from './permission-catalogue.ts';
import { MatrixTable, type Editing, type Matrix } from './permission-matrix-table.web.tsx';
import { role } from './role/role.ts';

const words = {
  title: text('权限矩阵', 'Permission matrix'),
  search: text('搜索权限…', 'Search permissions…'),
  allModules: text('全部模块', 'All modules'),
  conflicts: text('不相容职责', 'Duties kept apart'),
  shown: text('{count} 项权限', '{count} permissions'),
  save: text('保存“{role}”', 'Save “{role}”'),
  cancel: text('放弃修改', 'Discard'),
  saveTitle: text('修改角色权限', 'Change the permissions of a role'),
  saveBody: text(
    '持有该角色的人从下一次操作起按新权限执行。',
    'Everybody who holds the role works with the new permissions from their next request.',
  ),
};

function Conflicts({ matrix }: { matrix: Matrix }) {
  const { t } = useLocale();
  const labels = new Map(matrix.modules.flatMap((m) => m.permissions).map((p) => [p.name, `${t(p.group)} · ${t(p.label)}`]));
  if (matrix.conflicts.length === 0) return null;
  return (
    <Card title={words.conflicts}>
      <dl className="access-facts">
        {matrix.conflicts.map(({ permissions, reason }) => (
          <div key={permissions.join(' ')} className="access-fact">
            <dt>{permissions.map((name) => labels.get(name) ?? name).join(' ≠ ')}</dt>
            <dd>{t(reason)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Writes the ticked permissions into the role as a new version, wildcards kept where they still fit. */
async function saveRole(matrix: Matrix, editing: Editing, reason: string): Promise<void> {
  const granted = matrix.roles.find((r) => r.id === editing.roleId)?.granted ?? [];
  const { document } = await documents(role).get(editing.roleId);
  const { code, nameZh, nameEn, purpose, version } = document;
  const permissions = regrant(
    granted,
    editing.names,
    matrix.modules.flatMap((m) => m.permissions),
  );
  await documents(role).act(editing.roleId, 'change', {
    content: { code, nameZh, nameEn, purpose, permissions },
    reason,
    expectedVersion: version,
  });
}

/** Roles × permissions in words, wildcards resolved, and the duties that no one person may join; roles are changed in place. */
export function PermissionMatrixPage() {
  const { t } = useLocale();
  const [search, setSearch] = useState('');
  const [module, setModule] = useState<string | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [isAsking, setAsking] = useState(false);
  const sought = useDeferredValue(search.trim().toLowerCase());
  const query = useQuery({ queryKey: ['permission-matrix'], queryFn: () => call(permissionMatrix) });
  const save = useMutation({
    mutationFn: ({ matrix, edited, reason }: { matrix: Matrix; edited: Editing; reason: string }) => saveRole(matrix, edited, reason),
    onSuccess: () => {
      setEditing(null);
      void query.refetch();
    },
    onSettled: () => setAsking(false),
  });
  if (query.error)
    return (
      <div className="page">
        <PageHeader title={t(words.title)} />
        <ErrorPanel error={query.error} />
      </div>
    );
  if (!query.data) return <PageSkeleton />;
  const matrix = query.data;
  const count = matrix.modules.reduce((sum, m) => sum + m.permissions.length, 0);
  const edited = matrix.roles.find((r) => r.id === editing?.roleId);
  return (
    <div className="page">
      <PageHeader
        title={t(words.title)}
        facts={<span>{t(words.shown, { count })}</span>}
        actions={
          edited && (
            <>
              <Button onClick={() => setEditing(null)}>{t(words.cancel)}</Button>
              <Button type="primary" onClick={() => setAsking(true)}>
                {t(words.save, { role: edited.name })}
              </Button>
            </>
          )
        }
      />
      {save.error && <ErrorPanel error={save.error} takesFocus />}
      <div className="access-tools">
        <Input.Search
          allowClear
          style={{ width: 280 }}
          placeholder={t(words.search)}
          aria-label={t(words.search)}
          value={search}
          onChange={(e) => setSearch(e.target.value)}
        />
        <Select
          style={{ width: 180 }}
          aria-label={t(words.allModules)}
          allowClear
          placeholder={t(words.allModules)}
          value={module}
          onChange={(v: string | undefined) => setModule(v ?? null)}
          options={matrix.modules.map((m) => ({ value: m.name, label: t(m.label) }))}
        />
      </div>
      <section className="card access-scroll" tabIndex={0} aria-label={t(words.title)}>
        <MatrixTable
          matrix={matrix}
          module={module}
          search={sought}
          editing={editing}
          onEdit={(next) => {
            save.reset();
            setEditing(next);
          }}
        />
      </section>
      <Conflicts matrix={matrix} />
      <ReasonDialog
        isOpen={isAsking}
        title={words.saveTitle}
        body={words.saveBody}
        confirm={words.saveTitle}
        reason="required"
        isBusy={save.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={(reason) => editing && reason && save.mutate({ matrix, edited: editing, reason })}
      />
    </div>
  );
}
