const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as they are on this keyboard: `mod` is ⌘ or Ctrl. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className="keys">
      {keys.map((key) => (
        <kbd key={key}>{key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key}</kbd>
      ))}
    </span>
  );
}
