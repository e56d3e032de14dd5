/** The session cookie: not readable by scripts, not sent from other sites, only over TLS where the product is served by TLS. */
export const SESSION_COOKIE = 'medtrade_session';

/** The value of a cookie in a `Cookie` header. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

export interface CookieOptions {
  /** The address users see; `https` makes the cookie secure. */
  readonly origin: string;
  readonly sameSite: 'Strict' | 'Lax';
  readonly path?: string;
  /** Seconds; 0 removes the cookie, absent lets it end with the browser. */
  readonly maxAge?: number;
}

/** A `Set-Cookie` value. The value must be free of separators: our tokens are base64url. */
export function cookieHeader(name: string, value: string, options: CookieOptions): string {
  const parts = [`${name}=${value}`, `Path=${options.path ?? '/'}`, 'HttpOnly', `SameSite=${options.sameSite}`];
  if (options.origin.startsWith('https:')) parts.push('Secure');
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`);
  return parts.join('; ');
}
