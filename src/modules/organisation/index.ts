export { legalEntity } from './legal-entity/legal-entity.ts';
export { isUscc, usccCheckSign } from './legal-entity/uscc.ts';
