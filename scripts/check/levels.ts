/**
 * The levels of the house, lowest first: a module may use modules of lower levels only. Level 0 holds the platform modules every
 * product needs; then nouns, places and rules, documents, gates and questions over documents, money, and what plans and reports.
 */
export const levels: readonly (readonly string[])[] = [
  ['organisation', 'access', 'documents', 'approval', 'rules', 'dictionary'],
  ['party', 'catalogue'],
  ['warehouse', 'pricing', 'compliance'],
  ['procurement', 'sales', 'consignment', 'service'],
  ['quality', 'traceability', 'counting'],
  ['finance', 'crossborder'],
  ['planning', 'analytics', 'integration', 'portal', 'rollout'],
];

/** The level of a module, or undefined where it has none yet. */
export function levelOf(module: string): number | undefined {
  const level = levels.findIndex((names) => names.includes(module));
  return level === -1 ? undefined : level;
}
