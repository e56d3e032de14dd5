import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { CommandAnswer, CommandBody } from '#kernel/http/wire.ts';
import { ApiError, documents, useIntentKey } from '../client.web.ts';
import { invalidateKind, queryKeys } from '../queries.web.ts';
import { feedback } from '../shell/scan.web.ts';
import { rememberTitles } from './titles.web.ts';

export interface Command {
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly clear: () => void;
  /** Runs an action (`create` without an id); undefined when it was refused, then `error` says why. */
  readonly run: (id: string | null, action: string, body: CommandBody) => Promise<CommandAnswer | undefined>;
}

/** Runs commands of one page: one idempotency key per intent, the refusal kept for the page, everything on screen refreshed. */
export function useCommand(definition: AnyDefinition): Command {
  const intent = useIntentKey();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run: Command['run'] = async (id, action, body) => {
    setBusy(true);
    setError(null);
    try {
      const { content, ...envelope } = body;
      const answer =
        id === null
          ? await documents(definition).create(content as never, envelope, { key: intent.key() })
          : await documents(definition).act(id, action, body, { key: intent.key() });
      intent.done();
      rememberTitles(answer.titles);
      feedback('good');
      const madeId = String(answer.document['id'] ?? id ?? '');
      if (madeId) await client.invalidateQueries({ queryKey: queryKeys.document(definition.kind, madeId) });
      invalidateKind(definition.kind, madeId || null);
      return answer;
    } catch (caught) {
      // A definite answer ends the intent; silence does not: the same key goes out again.
      if (caught instanceof ApiError) intent.done();
      setError(caught);
      feedback('refused');
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, clear: () => setError(null), run };
}

export const isConflict = (error: unknown): boolean =>
  error instanceof ApiError && error.refusals.some((r) => r.code === 'document/changed-meanwhile');
