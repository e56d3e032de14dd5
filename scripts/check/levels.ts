/**
 * The levels of the house, lowest first: a module may use modules of lower levels only. Level 0 holds the platform modules every
 * product needs, and there each may also use the ones named before it; then nouns, places and rules, documents, gates and questions
 * over documents, money, and what plans and reports.
 */
export const levels: readonly (readonly string[])[] = [
  ['organisation', 'access', 'audit', 'documents', 'approval', 'rules', 'dictionary'],
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

/** Whether one module may use another: a lower level, or on the ground level one that is named before it. */
export function mayUse(user: string, used: string): boolean {
  const [upper, lower] = [levelOf(user), levelOf(used)];
  if (upper === undefined || lower === undefined) return false;
  const ground = levels[0] ?? [];
  return lower < upper || (upper === 0 && lower === 0 && ground.indexOf(used) < ground.indexOf(user));
}
