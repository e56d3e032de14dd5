import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { done, sessionRow } from './operations.ts';
import { permissions } from './permissions.ts';

/** What administrators of users, permissions and keys do. */

const tag = 'access';
const userParams = z.object({ userId: z.string().max(64) });

export const userSecurity = defineOperation({
  id: 'userSecurity',
  method: 'GET',
  path: '/access/user-security/:userId',
  tag,
  access: { permission: permissions.manageSessions },
  summary: text('用户安全状态', 'Security of a user'),
  params: userParams,
  output: z.object({
    user: z.object({ id: z.string(), login: z.string(), name: z.string(), state: z.string() }),
    hasPassword: z.boolean(),
    mustChangePassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    lockedUntil: z.string().nullable(),
    sessions: z.array(sessionRow),
  }),
});

export const revokeUserSessions = defineOperation({
  id: 'revokeUserSessions',
  method: 'POST',
  path: '/access/user-security/:userId/revoke-sessions',
  tag,
  access: { permission: permissions.manageSessions },
  summary: text('结束该用户的全部会话', 'End all sessions of a user'),
  params: userParams,
  body: z.object({ reason: z.string().trim().min(1).max(400) }),
  output: z.object({ revoked: z.number() }),
});

/** Makes a one-time password, shown this once, that must be changed at the first log-in; ends the user's sessions. */
export const issuePassword = defineOperation({
  id: 'issuePassword',
  method: 'POST',
  path: '/access/user-security/:userId/issue-password',
  tag,
  access: { permission: permissions.resetCredentials },
  summary: text('签发初始密码', 'Issue an initial password'),
  params: userParams,
  body: z.object({ reason: z.string().trim().min(1).max(400) }),
  output: z.object({ password: z.string() }),
  isSecret: true,
});

export const resetSecondFactor = defineOperation({
  id: 'resetSecondFactor',
  method: 'POST',
  path: '/access/user-security/:userId/reset-second-factor',
  tag,
  access: { permission: permissions.resetCredentials },
  summary: text('重置第二因素', 'Reset the second factor'),
  params: userParams,
  body: z.object({ reason: z.string().trim().min(1).max(400) }),
  output: done,
});

export const unlockUser = defineOperation({
  id: 'unlockUser',
  method: 'POST',
  path: '/access/user-security/:userId/unlock',
  tag,
  access: { permission: permissions.resetCredentials },
  summary: text('解除锁定', 'Unlock'),
  params: userParams,
  body: z.object({ reason: z.string().trim().min(1).max(400) }),
  output: done,
});

const apiKey = z.object({
  keyId: z.string(),
  userId: z.string(),
  userName: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/access/api-keys',
  tag,
  access: { permission: permissions.manageApiKeys },
  summary: text('API 密钥', 'API keys'),
  output: z.object({ keys: z.array(apiKey), serviceUsers: z.array(z.object({ id: z.string(), login: z.string(), name: z.string() })) }),
});

/** Only for service users. The token is shown this once. `scopes` narrow what the user holds; `*` leaves it as it is. */
export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: '/access/api-keys',
  tag,
  access: { permission: permissions.manageApiKeys },
  summary: text('新建 API 密钥', 'Create an API key'),
  body: z.object({
    userId: z.string().max(64),
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.string().max(200)).min(1).max(200),
    days: z.number().int().min(1).max(366),
  }),
  output: z.object({ keyId: z.string(), token: z.string() }),
  isSecret: true,
});

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'POST',
  path: '/access/api-keys/:keyId/revoke',
  tag,
  access: { permission: permissions.manageApiKeys },
  summary: text('吊销 API 密钥', 'Revoke an API key'),
  params: z.object({ keyId: z.string().max(64) }),
  body: z.object({ reason: z.string().trim().min(1).max(400) }),
  output: done,
});

/** Every permission of the product by module, and which role holds it. */
export const permissionMatrix = defineOperation({
  id: 'permissionMatrix',
  method: 'GET',
  path: '/access/permission-matrix',
  tag,
  access: { permission: permissions.review },
  summary: text('权限矩阵', 'Permission matrix'),
  output: z.object({
    modules: z.array(
      z.object({
        name: z.string(),
        label: localText,
        permissions: z.array(z.object({ name: z.string(), group: localText, label: localText })),
      }),
    ),
    roles: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: localText,
        /** As stored, with wildcards, and resolved to the permissions they cover today. */
        granted: z.array(z.string()),
        permissions: z.array(z.string()),
        holders: z.number(),
      }),
    ),
    conflicts: z.array(z.object({ permissions: z.array(z.string()), reason: localText })),
  }),
});

/** Who holds what, since when, and when it was last used: for the periodic review. */
export const accessReview = defineOperation({
  id: 'accessReview',
  method: 'GET',
  path: '/access/review',
  tag,
  access: { permission: permissions.review },
  summary: text('权限复核', 'Access review'),
  output: z.object({
    rows: z.array(
      z.object({
        userId: z.string(),
        login: z.string(),
        name: z.string(),
        accountKind: z.enum(['person', 'service']),
        state: z.string(),
        roleId: z.string().nullable(),
        role: localText.nullable(),
        entityId: z.string().nullable(),
        entityName: localText.nullable(),
        validFrom: z.string().nullable(),
        validUntil: z.string().nullable(),
        hasSecondFactor: z.boolean(),
        lastSeenAt: z.string().nullable(),
      }),
    ),
  }),
});

export const administrationOperations = [
  userSecurity,
  revokeUserSessions,
  issuePassword,
  resetSecondFactor,
  unlockUser,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  permissionMatrix,
  accessReview,
] as const;
