import type { ActionDefinition, AnyDefinition } from '#kernel/document/definition.ts';

export interface StateStep {
  readonly state: string;
  readonly position: 'past' | 'current' | 'ahead';
  /** Not on the way every document takes: cancelled, reversed, refused. */
  readonly isSideExit: boolean;
}

const isForward = (action: ActionDefinition, from: string): boolean =>
  action.from.includes(from) && action.to !== from && !action.isDangerous && !action.reverses;

/** The way a document normally takes: from its first state along the primary (else the first harmless) action. */
export function mainPath(definition: AnyDefinition): readonly string[] {
  const actions = Object.values(definition.actions);
  const path: string[] = [];
  let state: string | undefined = definition.actions['create']?.to;
  while (state !== undefined && !path.includes(state)) {
    path.push(state);
    const here: string = state;
    const next: ActionDefinition | undefined =
      actions.find((a) => a.isPrimary && isForward(a, here)) ?? actions.find((a) => isForward(a, here) && !path.includes(a.to));
    state = next?.to;
  }
  return path;
}

/** The states to draw: the main path with the current one marked; a side exit stands at the end, only when reached. */
export function stateSteps(definition: AnyDefinition, current: string): readonly StateStep[] {
  const path = mainPath(definition);
  const at = path.indexOf(current);
  const before = waitsAfter(definition, path, current);
  if (at < 0 && before >= 0) return steps([...path.slice(0, before + 1), current, ...path.slice(before + 1)], before + 1);
  if (definition.nature === 'record') return [{ state: current, position: 'current', isSideExit: at < 0 }];
  if (at >= 0) return steps(path, at);
  const left = lastOnPath(definition, path, current);
  return [
    ...path.slice(0, left + 1).map((state): StateStep => ({ state, position: 'past', isSideExit: false })),
    { state: current, position: 'current', isSideExit: true },
  ];
}

const steps = (path: readonly string[], at: number): readonly StateStep[] =>
  path.map((state, i) => ({ state, position: i < at ? 'past' : i === at ? 'current' : 'ahead', isSideExit: false }));

/** Place on the path after which a document waits for approval in `current`; -1 when that is no such state. */
function waitsAfter(definition: AnyDefinition, path: readonly string[], current: string): number {
  const action = Object.values(definition.actions).find((a) => a.approval?.pending === current);
  return action ? Math.max(...action.from.map((state) => path.indexOf(state))) : -1;
}

/** How far along the path a document can have been before it left for `current`; only what is certain is drawn as past. */
function lastOnPath(definition: AnyDefinition, path: readonly string[], current: string): number {
  const origins = Object.values(definition.actions)
    .filter((a) => a.to === current)
    .flatMap((a) => a.from);
  const places = origins.map((state) => path.indexOf(state)).filter((i) => i >= 0);
  return places.length ? Math.min(...places) : 0;
}

/** The one primary action in a state; undefined when the way ends there. */
export function primaryAction(definition: AnyDefinition, state: string): string | undefined {
  return Object.entries(definition.actions).find(([, a]) => a.isPrimary && a.from.includes(state))?.[0];
}

/** Whether an action appends to the ledgers, so that its effects are shown before they happen. */
export const isPosting = (action: ActionDefinition): boolean => action.post !== undefined || action.reverses !== undefined;

/** The action that edits the content in a state (amend of a draft, change of a record). */
export const editAction = (definition: AnyDefinition, state: string): string | undefined =>
  Object.entries(definition.actions).find(([, a]) => a.editsContent && a.from.includes(state))?.[0];
