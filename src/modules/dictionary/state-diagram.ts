import type { ActionEntry, KindEntry } from './operations.ts';

/** Where a state stands in the picture; `new` is the point before the first one. */
export interface StateBox {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** One arrow; several actions between the same two states share it. */
export interface StateArrow {
  readonly from: string;
  readonly to: string;
  readonly actions: readonly ActionEntry[];
  /** SVG path. */
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export interface StateDiagram {
  readonly boxes: readonly StateBox[];
  readonly arrows: readonly StateArrow[];
  /** Actions that keep a state, by state. */
  readonly staying: Readonly<Record<string, readonly ActionEntry[]>>;
  readonly width: number;
  readonly height: number;
}

export const box = { width: 108, height: 34, gapX: 84, gapY: 46, margin: 20 } as const;

const START = 'new';

/** An action that may wait for approval is drawn over the state it waits in; where no approval is asked for, it goes straight through. */
const steps = (a: ActionEntry): ActionEntry[] =>
  a.pending
    ? [
        { ...a, to: a.pending },
        { ...a, from: [a.pending], label: { zh: '批准', en: 'Approved' } },
      ]
    : [a];

/** Steps from the beginning; a state nothing leads to stands in the first column. */
function ranksOf(kind: KindEntry): Map<string, number> {
  const ranks = new Map([[START, 0]]);
  const queue = [START];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (const action of kind.actions.flatMap(steps)) {
      if (!action.from.includes(state) || ranks.has(action.to)) continue;
      ranks.set(action.to, (ranks.get(state) ?? 0) + 1);
      queue.push(action.to);
    }
  }
  for (const { name } of kind.states) if (!ranks.has(name)) ranks.set(name, 1);
  return ranks;
}

function placeBoxes(kind: KindEntry, ranks: ReadonlyMap<string, number>): StateBox[] {
  const used = new Map<number, number>();
  return [START, ...kind.states.map((s) => s.name)].map((name) => {
    const rank = ranks.get(name) ?? 1;
    const row = used.get(rank) ?? 0;
    used.set(rank, row + 1);
    const x = rank === 0 ? box.margin : box.margin + 70 + (rank - 1) * (box.width + box.gapX);
    return { name, x, y: box.margin + row * (box.height + box.gapY) };
  });
}

/** From the right side to the left side going forward; below both boxes going back; bent aside within one column. */
function drawArrow(a: StateBox, b: StateBox): Pick<StateArrow, 'path' | 'labelX' | 'labelY'> {
  const startX = a.name === START ? a.x + 12 : a.x + box.width;
  const midA = a.y + box.height / 2;
  const midB = b.y + box.height / 2;
  if (b.x > a.x) {
    const bend = (b.x - startX) / 2;
    const path = `M${startX} ${midA} C${startX + bend} ${midA} ${b.x - bend} ${midB} ${b.x - 4} ${midB}`;
    return { path, labelX: (startX + b.x) / 2, labelY: (midA + midB) / 2 - 6 };
  }
  if (b.x === a.x) {
    const side = a.x + box.width + 40;
    const path = `M${a.x + box.width} ${midA} C${side} ${midA} ${side} ${midB} ${b.x + box.width + 4} ${midB}`;
    return { path, labelX: side, labelY: (midA + midB) / 2 + 4 };
  }
  const low = Math.max(a.y, b.y) + box.height + 26;
  const path = `M${a.x + box.width / 2} ${a.y + box.height} C${a.x + box.width / 2} ${low} ${b.x + box.width / 2} ${low} ${b.x + box.width / 2} ${b.y + box.height + 4}`;
  return { path, labelX: (a.x + b.x + box.width) / 2, labelY: low - 2 };
}

/** The states of a kind as boxes in columns by distance from the beginning, with an arrow per pair of states that actions join. */
export function stateDiagram(kind: KindEntry): StateDiagram {
  const boxes = placeBoxes(kind, ranksOf(kind));
  const at = new Map(boxes.map((b) => [b.name, b]));
  const joined = new Map<string, { from: string; to: string; actions: ActionEntry[] }>();
  const staying: Record<string, ActionEntry[]> = {};
  for (const action of kind.actions.flatMap(steps)) {
    for (const from of action.from) {
      if (from === action.to) (staying[from] ??= []).push(action);
      else {
        const key = `${from}>${action.to}`;
        const known = joined.get(key) ?? { from, to: action.to, actions: [] };
        known.actions.push(action);
        joined.set(key, known);
      }
    }
  }
  const arrows = [...joined.values()].flatMap((j) => {
    const [a, b] = [at.get(j.from), at.get(j.to)];
    return a && b ? [{ ...j, ...drawArrow(a, b) }] : [];
  });
  return {
    boxes,
    arrows,
    staying,
    width: Math.max(...boxes.map((b) => b.x)) + box.width + 80,
    height: Math.max(...boxes.map((b) => b.y)) + box.height + 48,
  };
}
