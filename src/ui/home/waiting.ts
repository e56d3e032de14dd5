import type { OperationOutput } from '#kernel/http/operation.ts';
import type { myWorkOperation } from '#kernel/http/workspace-operations.ts';

type Section = OperationOutput<typeof myWorkOperation>['sections'][number];

/** What others wait for from this person (approvals, mentions, tasks): one's own unfinished drafts hold up nobody. */
export const waitingItems = (sections: readonly Section[]): readonly Section['items'][number][] =>
  sections.filter((section) => section.name !== 'drafts').flatMap((section) => section.items);
