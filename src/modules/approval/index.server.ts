export { createApprovals } from './request/request.server.ts';
