import type { Grant } from '#kernel/access/actor.ts';
import type { Locale, LocalText } from '#kernel/i18n/text.ts';

/**
 * What the shell needs to know of log-in and session. The contract itself belongs to the access module, which the design system
 * does not know; `apps/session-shape.test.ts` proves that the two agree.
 */
export const sessionPaths = {
  options: '/session/options',
  session: '/session',
  secondFactor: '/session/second-factor',
  singleSignOn: '/session/oidc',
  setup: '/setup',
  password: '/account/password',
  locale: '/account/locale',
} as const;

export interface SessionEntity {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly functionalCurrency: string;
  readonly timeZone: string;
}

export interface Session {
  readonly user: { readonly id: string; readonly login: string; readonly name: string; readonly locale: Locale };
  readonly sessionId: string | null;
  readonly entities: readonly SessionEntity[];
  readonly grants: readonly Grant[];
  readonly isDemo: boolean;
  /** Until the password is changed the session holds no permission. */
  readonly mustChangePassword: boolean;
}

export interface SignInOptions {
  readonly isDemo: boolean;
  readonly demoAccounts: readonly { readonly login: string; readonly name: string; readonly role: LocalText }[];
  readonly demoPassword: string | null;
  readonly hasSingleSignOn: boolean;
  readonly needsSetup: boolean;
}

export type SignInAnswer =
  | { readonly status: 'signed-in'; readonly mustChangePassword: boolean }
  | { readonly status: 'second-factor-required'; readonly challenge: string };

/** Body of the first setup. */
export interface Setup {
  readonly token: string;
  readonly administrator: { readonly login: string; readonly name: string; readonly password: string; readonly locale: Locale };
  readonly entity: {
    readonly code: string;
    readonly nameZh: string;
    readonly nameEn: string;
    readonly uscc?: string;
    readonly country: string;
    readonly functionalCurrency: string;
    readonly timeZone: string;
  };
}
