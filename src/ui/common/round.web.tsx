/** The letters of a name in a small round; decoration beside the name itself. */
export const initialsOf = (name: string): string =>
  /[\u4e00-\u9fff]/.test(name)
    ? name.slice(-1)
    : name
        .split(/\s+/)
        .map((word) => word.charAt(0))
        .slice(0, 2)
        .join('')
        .toUpperCase();

// The letters come from the style sheet: they are no text, neither to be read aloud nor to be found.
export const Round = ({ name }: { name: string }) => <span className="round" aria-hidden="true" data-initials={initialsOf(name)} />;
