import { makeClient, NoAnswerError, type Carrier } from '#kernel/http/client.ts';
import { newKey } from '../key.web.ts';

export { ApiError, NoAnswerError } from '#kernel/http/client.ts';

/** Transport before anybody is signed in: no waiting, no second try. The contracts' schemas are not loaded here, only their types. */
export const publicCarrier: Carrier = async (request) => {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    credentials: 'same-origin',
    ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
  }).catch((error: unknown) => {
    throw new NoAnswerError(error);
  });
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    json: () => response.json() as Promise<unknown>,
    text: () => response.text(),
  };
};

const client = makeClient({ base: '/api', carry: publicCarrier, newKey });

export const publicRead = client.get;

/** Sends JSON to a path before (or while) nobody is signed in. */
export const publicSend = client.post;
