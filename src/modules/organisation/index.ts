export { legalEntity } from './legal-entity/legal-entity.ts';
export { isUscc } from './legal-entity/uscc.ts';
