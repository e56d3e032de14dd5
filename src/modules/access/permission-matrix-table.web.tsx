import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { Fragment, useMemo } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { useCan } from '#ui/session.web.ts';
import type { permissionMatrix } from './administration-operations.ts';
import { permissions } from './permissions.ts';

/** What the server answers: modules with their permissions, roles, conflicts. */
export type Matrix = OperationOutput<typeof permissionMatrix>;
type Role = Matrix['roles'][number];
type Permission = Matrix['modules'][number]['permissions'][number];

/** The role being changed and what is ticked for it. */
export interface Editing {
  readonly roleId: string;
  readonly names: ReadonlySet<string>;
}

const words = {
  permission: text('权限', 'Permission'),
  holders: text('{count} 人', '{count} people'),
  held: text('有', 'yes'),
  edit: text('修改', 'Edit'),
  editing: text('正在修改', 'Editing'),
};

interface TableProps {
  readonly matrix: Matrix;
  readonly module: string | null;
  readonly search: string;
  readonly editing: Editing | null;
  readonly onEdit: (editing: Editing) => void;
}

function RoleHead({ role, editing, onEdit }: { role: Role } & Pick<TableProps, 'editing' | 'onEdit'>) {
  const { t } = useLocale();
  const may = useCan();
  const mayEdit = may(permissions.grant) && may('access.role.change');
  return (
    <th scope="col">
      <Link to={documentPath('role', role.id) ?? '/'}>{t(role.name)}</Link>
      <div className="access-role-under">
        <span className="secondary">{t(words.holders, { count: role.holders })}</span>
        {mayEdit && editing === null && (
          <Button
            type="link"
            size="small"
            aria-label={`${t(words.edit)} ${t(role.name)}`}
            onClick={() => onEdit({ roleId: role.id, names: new Set(role.permissions) })}
          >
            {t(words.edit)}
          </Button>
        )}
        {editing?.roleId === role.id && <span className="secondary">· {t(words.editing)}</span>}
      </div>
    </th>
  );
}

function Cell({
  role,
  permission,
  isHeld,
  editing,
  onEdit,
}: {
  role: Role;
  permission: Permission;
  isHeld: boolean;
} & Pick<TableProps, 'editing' | 'onEdit'>) {
  const { t } = useLocale();
  if (editing?.roleId !== role.id)
    return (
      <td className={isHeld ? 'is-held' : ''}>
        {isHeld ? (
          <span role="img" aria-label={t(words.held)}>
            ✓
          </span>
        ) : (
          ''
        )}
      </td>
    );
  const toggle = (isOn: boolean) => {
    const names = new Set(editing.names);
    if (isOn) names.add(permission.name);
    else names.delete(permission.name);
    onEdit({ roleId: role.id, names });
  };
  return (
    <td className="is-edited">
      <Checkbox
        checked={editing.names.has(permission.name)}
        aria-label={`${t(role.name)}: ${t(permission.group)} ${t(permission.label)}`}
        onChange={(e) => toggle(e.target.checked)}
      />
    </td>
  );
}

/** The table itself: permissions by module down, roles across; the edited role's column holds check boxes. */
export function MatrixTable({ matrix, module, search, editing, onEdit }: TableProps) {
  const { t } = useLocale();
  const held = useMemo(() => new Map(matrix.roles.map((role) => [role.id, new Set(role.permissions)])), [matrix]);
  const isSought = (p: Permission) => search === '' || `${p.name} ${t(p.group)} ${t(p.label)}`.toLowerCase().includes(search);
  const modules = matrix.modules
    .filter((m) => module === null || m.name === module)
    .map((m) => ({ ...m, permissions: m.permissions.filter(isSought) }))
    .filter((m) => m.permissions.length > 0);
  return (
    <table className="access-matrix">
      <thead>
        <tr>
          <th scope="col">{t(words.permission)}</th>
          {matrix.roles.map((role) => (
            <RoleHead key={role.id} role={role} editing={editing} onEdit={onEdit} />
          ))}
        </tr>
      </thead>
      <tbody>
        {modules.map((m) => (
          <Fragment key={m.name}>
            <tr className="access-group">
              <th scope="colgroup" colSpan={matrix.roles.length + 1}>
                {t(m.label)}
              </th>
            </tr>
            {m.permissions.map((p) => (
              <tr key={p.name}>
                <th scope="row" title={p.name}>
                  <span className="secondary">{t(p.group)} · </span>
                  {t(p.label)}
                </th>
                {matrix.roles.map((role) => (
                  <Cell
                    key={role.id}
                    role={role}
                    permission={p}
                    isHeld={held.get(role.id)?.has(p.name) ?? false}
                    editing={editing}
                    onEdit={onEdit}
                  />
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
