/**
 * JSON that PostgreSQL can always store: bigints as exact strings; NUL and lone surrogates, which jsonb refuses, as the replacement
 * character (they arrive only in untrusted names such as a failed log-in's).
 */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) => {
    if (typeof v === 'bigint') return v.toString();
    return typeof v === 'string' ? v.replace(/\u0000|\p{Surrogate}/gu, '\uFFFD') : v;
  });
