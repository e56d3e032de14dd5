import type { LocalText } from '#kernel/i18n/text.ts';

/** A step of a running request, frozen when it was asked. */
export interface RequestStep {
  readonly name: LocalText;
  readonly mode: 'any' | 'all' | 'quorum';
  /** How many have to agree. */
  readonly needed: number;
  readonly approvers: readonly { readonly id: string; readonly name: string }[];
}

/** How many people of a step have to agree; never more than there are. */
export function neededIn(mode: RequestStep['mode'], quorum: number | null, approverCount: number): number {
  switch (mode) {
    case 'any':
      return 1;
    case 'all':
      return approverCount;
    case 'quorum':
      return Math.min(quorum ?? 1, approverCount);
  }
}

/** The step after an agreement, given how many agreed to the current one; `undefined` when all steps are through. */
export function nextStep(steps: readonly RequestStep[], current: number, agreed: number): number | undefined {
  const step = steps[current - 1];
  if (step && agreed < step.needed) return current;
  return current < steps.length ? current + 1 : undefined;
}

/** For whom somebody decides: themselves where they are an approver, else an approver they stand in for who has not decided. */
export function decidesFor(
  step: RequestStep,
  userId: string,
  substitutes: ReadonlyMap<string, readonly string[]>,
  decided: ReadonlySet<string>,
): string | undefined {
  const open = step.approvers.map((a) => a.id).filter((id) => !decided.has(id));
  return open.includes(userId) ? userId : open.find((id) => substitutes.get(id)?.includes(userId));
}
