import { useRef } from 'react';
import { makeClient, NoAnswerError, type Carrier, type WireAnswer, type WireRequest } from '#kernel/http/client.ts';
import { hold } from './held.web.ts';
import { newKey } from './key.web.ts';

export { newKey } from './key.web.ts';
export { ApiError, NoAnswerError } from '#kernel/http/client.ts';
export type {
  CallInput,
  CommandOptions,
  DocumentClient,
  Envelope,
  ListRequest,
  TimelineItem,
  TypedDocumentAnswer,
} from '#kernel/http/client.ts';

const answerFrom = (response: Response): WireAnswer => ({
  status: response.status,
  header: (name) => response.headers.get(name),
  json: () => response.json() as Promise<unknown>,
  text: () => response.text(),
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const retryPausesMs = [300, 1200];

async function fetchOnce(request: WireRequest): Promise<WireAnswer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      credentials: 'same-origin',
      ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
    });
    // A proxy answers for a server that is away: the work may or may not be done, exactly as with no answer.
    if (response.status === 502 || response.status === 504) throw new NoAnswerError(response.status);
    return answerFrom(response);
  } catch (error) {
    throw error instanceof NoAnswerError ? error : new NoAnswerError(error);
  }
}

async function fetchPatiently(request: WireRequest): Promise<WireAnswer> {
  for (const ms of retryPausesMs) {
    try {
      return await fetchOnce(request);
    } catch (error) {
      if (!request.isRepeatable) throw error;
      await pause(ms);
    }
  }
  return fetchOnce(request);
}

const heldTimesMax = 20;

/** fetch with patience: a lost command asks the person to retry, an ended session asks them to log in; then the same request goes on. */
const carry: Carrier = async (request) => {
  for (let times = 0; times < heldTimesMax; times += 1) {
    try {
      const answer = await fetchPatiently(request);
      if (answer.status !== 401 || request.isPublic) return answer;
      await hold('session');
    } catch (error) {
      // A read shows its own "offline" state and refetches by itself; only a command must not be forgotten.
      if (!(error instanceof NoAnswerError) || request.method === 'GET' || !request.isRepeatable) throw error;
      await hold('connection');
    }
  }
  return fetchOnce(request);
};

const client = makeClient({ base: '/api', carry, newKey });

/** Calls one operation by its contract. */
export const call = client.call;
/** Address of a GET operation, for links and downloads. */
export const urlOf = client.urlOf;
/** Lists, reads and commands one kind of document or record. */
export const documents = client.documents;
/** Reads a path below `/api` that has no contract object at hand. */
export const read = client.get;
/** Sends JSON to a path whose contract object is not at hand; for commands of documents take `documents`. */
export const post = client.post;

/**
 * One key per intent: the same key while the person repeats one and the same command, a new one after `done()`. Two clicks on a
 * button, or a retry after a lost answer, are then one posting.
 */
export function useIntentKey(): { readonly key: () => string; readonly done: () => void } {
  const held = useRef<string | null>(null);
  return {
    key: () => (held.current ??= newKey()),
    done: () => {
      held.current = null;
    },
  };
}
