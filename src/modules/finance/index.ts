export type { AccountPurpose } from './account/account.ts';
