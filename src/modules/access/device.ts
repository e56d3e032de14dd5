// More telling names first: an Android telephone also says Linux, Edge also says Chrome and Safari.
const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;
const browsers = [
  [/Edg\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)\S* .*Safari/, 'Safari'],
] as const;

/** A browser and its system in a few words, from what it says of itself; null where it says nothing. */
export function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = browsers.map(([sign, name]) => (sign.exec(userAgent) ? `${name} ${sign.exec(userAgent)?.[1]}` : undefined)).find(Boolean);
  const system = systems.find(([sign]) => userAgent.includes(sign))?.[1];
  const parts = [browser, system].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : userAgent.slice(0, 40);
}
