import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { administrationOperations } from './administration-operations.ts';
import { accountOperations } from './operations.ts';
import { permissionDefinitions, permissions } from './permissions.ts';
import { refusals } from './refusals.ts';
import { role } from './role/role.ts';
import { user } from './user/user.ts';

export const access = defineModule({
  name: 'access',
  label: text('用户与权限', 'Access'),
  icon: 'safety',
  isGround: true,
  dependsOn: ['organisation'],
  definitions: [role, user],
  operations: [...accountOperations, ...administrationOperations],
  permissions: permissionDefinitions,
  refusals,
  menu: [
    { label: text('用户', 'Users'), kind: 'user' },
    { label: text('角色', 'Roles'), kind: 'role' },
    { label: text('权限矩阵', 'Permission matrix'), path: '/access/permission-matrix', permission: permissions.review },
    { label: text('权限复核', 'Access review'), path: '/access/review', permission: permissions.review },
    { label: text('API 密钥', 'API keys'), path: '/access/api-keys', permission: permissions.manageApiKeys },
  ],
});
