import { text } from '#kernel/i18n/text.ts';
import type { PermissionDefinition } from '#kernel/module.ts';

/** Permissions of this module beyond those of its records. */
export const permissions = {
  /** Giving and taking roles; held by permission administrators only. */
  grant: 'access.permission.grant',
  manageSessions: 'access.session.manage',
  resetCredentials: 'access.credential.reset',
  manageApiKeys: 'access.api-key.manage',
  manageSubstitutes: 'access.substitution.manage',
  review: 'access.review.view',
} as const;

export const permissionDefinitions: readonly PermissionDefinition[] = [
  { name: permissions.grant, label: text('授予与收回角色', 'Grant and withdraw roles') },
  { name: permissions.manageSessions, label: text('查看并结束他人会话', "See and end other people's sessions") },
  { name: permissions.resetCredentials, label: text('签发密码、重置第二因素、解锁', 'Issue passwords, reset second factors, unlock') },
  { name: permissions.manageApiKeys, label: text('管理 API 密钥', 'Manage API keys') },
  { name: permissions.manageSubstitutes, label: text('为他人指定代理', 'Name substitutes for others') },
  { name: permissions.review, label: text('查看权限矩阵与权限复核', 'See the permission matrix and the access review') },
];
