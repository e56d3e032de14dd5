import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '#kernel/http/client.ts';

/** Keys of cached answers; live changes find them by kind and id. */
export const queryKeys = {
  list: (kind: string, query: unknown) => ['list', kind, query] as const,
  document: (kind: string, id: string) => ['document', kind, id] as const,
  timeline: (kind: string, id: string) => ['timeline', kind, id] as const,
  myWork: ['my-work'] as const,
  session: ['session'] as const,
};

const retriesMax = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      // A refusal stays a refusal; only silence is worth another try.
      retry: (times, error) => !(error instanceof ApiError) && times < retriesMax,
      refetchOnWindowFocus: true,
      // The browser's own idea of being online is wrong in a local network; whether the server answers is what counts.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Everything shown of one kind (and one of it) is asked again; what is not on screen only when it is opened. */
export function invalidateKind(kind: string, id?: string | null): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      (id !== undefined && id !== null && queryKey.includes(id)) || (queryKey.includes(kind) && queryKey.includes('list')),
  });
}
