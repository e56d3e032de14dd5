/** Ends an exhaustive choice: a new case that nobody handles does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${String(value)}`);
}
