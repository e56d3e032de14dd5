import type { LocalText } from '#kernel/i18n/text.ts';
import { say } from '#kernel/i18n/text.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { definitionOf } from '../product.web.ts';
import { queryClient } from '../queries.web.ts';
import { rememberOpened } from '../recent.web.ts';
import { sessionStore } from '../session.web.ts';

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function titleOf(kind: string, document: DocumentAnswer['document']): LocalText {
  const definition = definitionOf(kind);
  try {
    // A page in another language or with masked fields must not break the shell.
    const title = definition?.title(document) as LocalText | undefined;
    return title && say(title, 'en') !== '' ? title : { zh: definition?.label.zh ?? kind, en: definition?.label.en ?? kind };
  } catch {
    return { zh: definition?.label.zh ?? kind, en: definition?.label.en ?? kind };
  }
}

/** Notes every document or record a page reads, for "recently opened"; returns the way to stop. */
export function rememberWhatIsOpened(): () => void {
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const [what, kind, id] = event.query.queryKey;
    const userId = sessionStore.get()?.user.id;
    if (what !== 'document' || typeof kind !== 'string' || typeof id !== 'string' || !userId) return;
    const document = (event.query.state.data as DocumentAnswer | undefined)?.document;
    if (!document) return;
    rememberOpened(userId, {
      kind,
      id,
      number: asText(document['number']),
      title: titleOf(kind, document),
      entityId: asText(document['entityId']),
    });
  });
}
