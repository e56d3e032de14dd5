import { covers } from '#kernel/access/actor.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { isGrantable } from '../permission-catalogue.ts';
import { permissions } from '../permissions.ts';
import { lastAdministratorStays, nobodyGrantsToThemselves, onlyPermissionAdministratorsGrant, permissionIsUnknown } from '../refusals.ts';
import { refuseConflicts, type Conflict, type HeldRole } from '../separation-of-duties.ts';

export interface RoleFacts {
  readonly known: ReadonlySet<string>;
  readonly conflicts: readonly Conflict[];
  readonly mayGrant: boolean;
  /** Permissions as stored; empty for a new role. */
  readonly storedPermissions: readonly string[];
  readonly isHeldByActor: boolean;
  /** Of every holder: this role's own period and the other roles held. */
  readonly holders: readonly { readonly own: Pick<HeldRole, 'validFrom' | 'validUntil'>; readonly others: readonly HeldRole[] }[];
  /** Somebody would still administer users and permissions without this role. */
  readonly hasOtherAdministrator: boolean;
  readonly givesAdministration: boolean;
}

interface RoleContent {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly permissions: readonly string[];
}

const isAdministrative = (names: readonly string[]): boolean =>
  names.some((name) => covers(name, permissions.grant)) && names.some((name) => covers(name, 'access.user.change'));

function check(role: RoleContent, facts: RoleFacts, today: string): Refusal[] {
  const refused: Refusal[] = [];
  if (!facts.mayGrant) refused.push(onlyPermissionAdministratorsGrant({}));
  for (const permission of role.permissions.filter((name) => !isGrantable(name, facts.known)).slice(0, 20)) {
    refused.push(permissionIsUnknown({ permission }, { field: 'permissions' }));
  }
  const isWidened = role.permissions.some((name) => !facts.storedPermissions.some((stored) => covers(stored, name)));
  if (facts.isHeldByActor && isWidened) refused.push(nobodyGrantsToThemselves({}, { field: 'permissions' }));
  const own = { name: text(role.nameZh, role.nameEn), permissions: role.permissions };
  const alone = refuseConflicts([{ ...own, validFrom: null, validUntil: null }], facts.conflicts, today);
  refused.push(...alone);
  if (alone.length === 0) {
    for (const holder of facts.holders) {
      const found = refuseConflicts([{ ...own, ...holder.own }, ...holder.others], facts.conflicts, today);
      if (found.length > 0) return [...refused, ...found];
    }
  }
  if (facts.givesAdministration && !isAdministrative(role.permissions) && !facts.hasOtherAdministrator)
    refused.push(lastAdministratorStays({}));
  return refused;
}

/** A named set of permissions, given to people by grants. */
export const role = defineRecord<RoleFacts>()({
  kind: 'role',
  module: 'access',
  plural: 'roles',
  idPrefix: 'role',
  label: text('角色', 'Role'),
  pluralLabel: text('角色', 'Roles'),
  table: 'access.role',
  header: {
    code: field.code({ label: text('角色代码', 'Code'), max: 40, pattern: /^[a-z][a-z0-9-]*$/ }),
    nameZh: field.text({ label: text('中文名称', 'Name (Chinese)'), max: 60 }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)'), max: 60 }),
    purpose: field.longText({ label: text('职责说明', 'Purpose'), optional: true, max: 500 }),
    permissions: field.textList({
      label: text('权限', 'Permissions'),
      help: text('可用通配，例如 finance.*', 'Wildcards such as finance.* are allowed'),
    }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'nameEn', 'state'],
    search: ['code', 'nameZh', 'nameEn'],
    sort: { field: 'number', descending: false },
  },
  title: (r) => text(r.nameZh, r.nameEn),
  icon: 'safety',
  check: (r, facts, context) => check(r, facts, context.today),
  actions: {
    deactivate: {
      label: text('停用', 'Deactivate'),
      from: ['active'],
      to: 'inactive',
      reason: 'required',
      isDangerous: true,
      refuse: (_, facts) => {
        if (!facts.mayGrant) return onlyPermissionAdministratorsGrant({});
        return facts.givesAdministration && !facts.hasOtherAdministrator ? lastAdministratorStays({}) : undefined;
      },
    },
    activate: {
      label: text('启用', 'Activate'),
      from: ['inactive'],
      to: 'active',
      reason: 'required',
      refuse: (r, facts, context) => check(r, facts, context.today),
    },
  },
});
