/** What stands between the last @ and the caret; null where no name is being typed there. */
export function mentionAt(written: string, caret: number): string | null {
  const found = /@([^\s@]*)$/.exec(written.slice(0, caret));
  return found ? (found[1] ?? '') : null;
}

/** The people whose name holds what was typed, those whose name begins with it first. */
export function matchingPeople<P extends { readonly name: string }>(people: readonly P[], typed: string): readonly P[] {
  const wanted = typed.trim().toLowerCase();
  const begins = (person: P) => Number(person.name.toLowerCase().startsWith(wanted));
  return people.filter((person) => person.name.toLowerCase().includes(wanted)).toSorted((a, b) => begins(b) - begins(a));
}
