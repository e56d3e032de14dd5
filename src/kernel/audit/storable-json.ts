/**
 * JSON that PostgreSQL can always store: bigints as exact strings; NUL and lone surrogates, which jsonb refuses, as the replacement
 * character (they arrive only in untrusted names such as a failed log-in's).
 */
export function storableJson(value: unknown): string {
  const plain = plainJson(value);
  return plain !== undefined && !/\\u(0000|d[89a-f])/iu.test(plain) ? plain : carefulJson(value);
}

/** Nearly always nothing needs replacing, and looking at every value costs three times the serialising. */
function plainJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // a bigint somewhere inside
    throw error;
  }
}

const carefulJson = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) => {
    if (typeof v === 'bigint') return v.toString();
    return typeof v === 'string' ? v.replace(/\u0000|\p{Surrogate}/gu, '\uFFFD') : v;
  });
