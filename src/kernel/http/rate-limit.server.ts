import { RateLimiterMemory } from 'rate-limiter-flexible';
import { refuse } from '../command/refusal.ts';
import type { Context } from './context.server.ts';
import type { Method } from './operation.ts';
import { httpRefusals } from './refusals.ts';

// Generous for people and integrations, fatal for loops: per actor (or address, before log-in), in ten seconds.
const reads = new RateLimiterMemory({ points: 3000, duration: 10 });
const writes = new RateLimiterMemory({ points: 2000, duration: 10 });
const anonymous = new RateLimiterMemory({ points: 300, duration: 10 });

/** General limits of the API; log-in has its own, stricter ones. */
export const requestLimits = {
  async spend(context: Context, method: Method): Promise<void> {
    const isKnown = context.actor.id !== 'anonymous';
    const limiter = isKnown ? (method === 'GET' ? reads : writes) : anonymous;
    const key = isKnown ? context.actor.id : (context.ip ?? 'unknown');
    const isSpent = await limiter.consume(key).then(
      () => true,
      () => false,
    );
    if (!isSpent) refuse(httpRefusals.tooMany({}));
  },
};
