import { reaches, type ScopeSet } from '#kernel/access/actor.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import { lineSet, type Doc } from '#kernel/document/definition.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import {
  grantEndsAfterItBegins,
  grantIsBeyondOwnScope,
  identityIsForLife,
  lastAdministratorStays,
  nobodyGrantsToThemselves,
  onlyPermissionAdministratorsGrant,
} from '../refusals.ts';
import { refuseConflicts, type Conflict } from '../separation-of-duties.ts';

export interface UserFacts {
  /** Nothing while the user is being created. */
  readonly stored: { readonly login: string; readonly accountKind: string; readonly grants: readonly GrantValues[] } | undefined;
  readonly roles: ReadonlyMap<
    string,
    { readonly name: LocalText; readonly permissions: readonly string[]; readonly isAdministrative: boolean }
  >;
  readonly conflicts: readonly Conflict[];
  /** Where the actor may grant; undefined where nowhere. */
  readonly grantScope: ScopeSet | undefined;
  /** Another active person administers users and permissions of the group today. */
  readonly hasOtherAdministrator: boolean;
}

export interface GrantValues {
  readonly roleId: string;
  readonly scopeEntityId: string | null;
  readonly scopeWarehouseId: string | null;
  readonly scopeRegion: string | null;
  readonly isOwnOnly: boolean;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

const header = {
  login: field.code({
    label: text('登录名', 'Login'),
    max: 64,
    pattern: /^[a-z0-9][a-z0-9._@-]+$/,
    help: text('小写；建立后不可更改', 'Lower case; never changes'),
  }),
  name: field.text({ label: text('姓名', 'Name'), max: 100, help: text('印在签名与单据上', 'Printed with signatures and on documents') }),
  email: field.text({ label: text('电子邮箱', 'E-mail'), optional: true, max: 200, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ }),
  locale: field.choice(
    { 'zh-CN': text('中文', 'Chinese'), en: text('英文', 'English') },
    { label: text('语言', 'Language'), initial: 'zh-CN' },
  ),
  accountKind: field.choice(
    { person: text('人员', 'Person'), service: text('服务账户', 'Service user') },
    { label: text('账户类型', 'Kind of account'), initial: 'person' },
  ),
};

const lines = {
  grants: lineSet(
    text('授予的角色', 'Roles granted'),
    {
      roleId: field.ref('role', { label: text('角色', 'Role') }),
      scopeEntityId: field.ref('legal-entity', {
        label: text('公司', 'Company'),
        optional: true,
        help: text('留空为全部公司', 'Empty: all companies'),
      }),
      scopeWarehouseId: field.ref('warehouse', {
        label: text('仓库', 'Warehouse'),
        optional: true,
        help: text('留空为全部仓库', 'Empty: all warehouses'),
      }),
      scopeRegion: field.code({
        label: text('地区', 'Region'),
        optional: true,
        help: text('行政区划代码；留空为全部地区', 'Region code; empty: all regions'),
      }),
      isOwnOnly: field.boolean({ label: text('仅本人记录', 'Own records only'), initial: false }),
      validFrom: field.date({ label: text('生效日期', 'Valid from'), optional: true }),
      validUntil: field.date({ label: text('截止日期', 'Valid until'), optional: true, help: text('含当日', 'That day included') }),
    },
    { max: 100 },
  ),
};

type UserDoc = Doc<typeof header, typeof lines>;

/** A grant as one text, so that two lists of grants can be compared whatever their order. */
const grantKey = (g: GrantValues): string =>
  JSON.stringify([g.roleId, g.scopeEntityId, g.scopeWarehouseId, g.scopeRegion, g.isOwnOnly, g.validFrom, g.validUntil]);

/** Grants in one list and not in the other. */
const without = (some: readonly GrantValues[], others: readonly GrantValues[]): GrantValues[] => {
  const keys = new Set(others.map(grantKey));
  return some.filter((g) => !keys.has(grantKey(g)));
};

function refuseGranting(user: UserDoc, facts: UserFacts, actorId: string): Refusal[] {
  const stored = facts.stored?.grants ?? [];
  const added = without(user.lines.grants, stored);
  const changed = [...added, ...without(stored, user.lines.grants)];
  if (changed.length === 0) return [];
  const scope = facts.grantScope;
  if (scope === undefined) return [onlyPermissionAdministratorsGrant({}, { lines: 'grants' })];
  if (added.length > 0 && user.id === actorId) return [nobodyGrantsToThemselves({}, { lines: 'grants' })];
  const isInside = changed.every((g) => scope === '*' || (g.scopeEntityId !== null && reaches(scope, g.scopeEntityId)));
  return isInside ? [] : [grantIsBeyondOwnScope({}, { lines: 'grants' })];
}

/** The group keeps somebody who can administer it for good: a grant with an end does not count. */
const isAdministrator = (user: UserDoc, facts: UserFacts): boolean =>
  user.accountKind === 'person' &&
  user.lines.grants.some(
    (g) => g.scopeEntityId === null && !g.isOwnOnly && g.validUntil === null && facts.roles.get(g.roleId)?.isAdministrative,
  );

const wasAdministrator = (facts: UserFacts): boolean =>
  facts.stored?.accountKind === 'person' &&
  facts.stored.grants.some(
    (g) => g.scopeEntityId === null && !g.isOwnOnly && g.validUntil === null && facts.roles.get(g.roleId)?.isAdministrative,
  );

function check(user: UserDoc, facts: UserFacts, context: { readonly actor: { readonly id: string }; readonly today: string }): Refusal[] {
  const refused: Refusal[] = [];
  if (facts.stored && facts.stored.login !== user.login) refused.push(identityIsForLife({ field: header.login.label }, { field: 'login' }));
  if (facts.stored && facts.stored.accountKind !== user.accountKind) {
    refused.push(identityIsForLife({ field: header.accountKind.label }, { field: 'accountKind' }));
  }
  for (const g of user.lines.grants) {
    if (g.validFrom !== null && g.validUntil !== null && g.validUntil < g.validFrom) {
      refused.push(grantEndsAfterItBegins({}, { lines: 'grants', line: g.lineNo, field: 'validUntil' }));
    }
  }
  refused.push(...refuseGranting(user, facts, context.actor.id));
  const held = user.lines.grants.flatMap((g) => {
    const granted = facts.roles.get(g.roleId);
    return granted ? [{ name: granted.name, permissions: granted.permissions, validFrom: g.validFrom, validUntil: g.validUntil }] : [];
  });
  refused.push(...refuseConflicts(held, facts.conflicts, context.today));
  if (wasAdministrator(facts) && !isAdministrator(user, facts) && !facts.hasOtherAdministrator)
    refused.push(lastAdministratorStays({}, { lines: 'grants' }));
  return refused;
}

/** Somebody or something that acts: a person who signs in, or a service user with API keys. Its id and login are never given to another. */
export const user = defineRecord<UserFacts>()({
  kind: 'user',
  module: 'access',
  plural: 'users',
  idPrefix: 'usr',
  label: text('用户', 'User'),
  pluralLabel: text('用户', 'Users'),
  table: 'access.user_account',
  header,
  lines,
  codeField: 'login',
  list: {
    columns: ['number', 'name', 'email', 'accountKind', 'state'],
    search: ['login', 'name', 'email'],
    sort: { field: 'number', descending: false },
  },
  title: (u) => text(u.name, u.name),
  icon: 'user',
  check,
  actions: {
    deactivate: {
      label: text('停用', 'Deactivate'),
      from: ['active'],
      to: 'inactive',
      reason: 'required',
      isDangerous: true,
      refuse: (_, facts) => (wasAdministrator(facts) && !facts.hasOtherAdministrator ? lastAdministratorStays({}) : undefined),
    },
    activate: { label: text('启用', 'Activate'), from: ['inactive'], to: 'active', reason: 'required', refuse: check },
  },
});
