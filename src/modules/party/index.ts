export { authorisation } from './authorisation/authorisation.ts';
export { licence } from './licence/licence.ts';
export { mayWe, type MayWeAnswer, type MayWeQuestion } from './may-we/may-we.ts';
export { party } from './party/party.ts';
export { checkScope, SCOPE_RULES_VERSION, type ScopeVerdict } from './scope/scope-engine.ts';
export { partyDemo } from './demo.ts';
