/**
 * A wedge scanner types a whole code within milliseconds a key and ends with Enter. Keys that arrive like that are a scan, slower
 * ones are a person.
 */
export interface WedgeState {
  readonly typed: string;
  readonly lastAtMs: number;
}

export interface WedgeKey {
  readonly key: string;
  readonly isCtrl: boolean;
  readonly atMs: number;
}

export interface WedgeStep {
  readonly state: WedgeState;
  /** The whole code, when this key ended one. */
  readonly code: string | null;
  /** The key belongs to a scan: shortcuts of the page must not hear it. */
  readonly isSwallowed: boolean;
}

export const wedgeStart: WedgeState = { typed: '', lastAtMs: Number.NEGATIVE_INFINITY };

const keyGapMsMax = 40;
const codeLengthMin = 4;
/** ASCII 29 separates variable-length elements of a GS1 code; scanners send it as Ctrl+] or F8. */
const groupSeparator = '\u001d';

function letterOf({ key, isCtrl }: WedgeKey): string | null {
  if ((isCtrl && key === ']') || key === 'F8' || key === groupSeparator) return groupSeparator;
  return !isCtrl && key.length === 1 ? key : null;
}

/** Takes one key; returns what is known after it. */
export function takeKey(state: WedgeState, pressed: WedgeKey): WedgeStep {
  const isQuick = pressed.atMs - state.lastAtMs <= keyGapMsMax;
  if (pressed.key === 'Enter') {
    const isScan = isQuick && state.typed.length >= codeLengthMin;
    return { state: wedgeStart, code: isScan ? state.typed : null, isSwallowed: isScan };
  }
  const letter = letterOf(pressed);
  // Shift and its like come between the letters of a scan and say nothing.
  if (letter === null) return { state, code: null, isSwallowed: false };
  const typed = isQuick ? state.typed + letter : letter;
  return { state: { typed, lastAtMs: pressed.atMs }, code: null, isSwallowed: isQuick && typed.length > 1 };
}
