import { makeStore } from './store.web.ts';

/**
 * Requests that could not be finished and wait for a person: the connection broke, or the session ended. The page, its typing and
 * the idempotency key stay; the same request goes out again, so nothing is done twice and nothing is typed twice.
 */
export type HoldReason = 'connection' | 'session';

interface Held {
  readonly reason: HoldReason;
  readonly resume: () => void;
  readonly giveUp: () => void;
}

export const heldRequests = makeStore<readonly Held[]>([]);

/** Resolves when the person retries or logs in, rejects when they give up. */
export const hold = (reason: HoldReason): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = () => heldRequests.set((all) => all.filter((one) => one !== held));
    const held: Held = {
      reason,
      resume: () => {
        leave();
        resolve();
      },
      giveUp: () => {
        leave();
        reject(new Error(`given up: ${reason}`));
      },
    };
    heldRequests.set((all) => [...all, held]);
  });

export const resumeHeld = (reason: HoldReason): void => {
  for (const held of heldRequests.get().filter((one) => one.reason === reason)) held.resume();
};

export const giveUpHeld = (reason: HoldReason): void => {
  for (const held of heldRequests.get().filter((one) => one.reason === reason)) held.giveUp();
};
