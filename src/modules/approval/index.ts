export { approveRequest } from './request/operations.ts';
