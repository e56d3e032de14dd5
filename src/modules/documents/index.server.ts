export { mentionsOf, type Mention } from './notification.server.ts';
export type { DocumentsPorts } from './ports.server.ts';
