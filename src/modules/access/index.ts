export * from './operations.ts';
export { permissions as accessPermissions } from './permissions.ts';
export { role } from './role/role.ts';
export { user } from './user/user.ts';
