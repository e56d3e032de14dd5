import type { ActionDefinition, StateDefinition } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';
import { partyRefusals } from '../refusals.ts';

/** Days before the end from which a paper counts as running out, and the steps at which it is said again. */
export const WARNING_DAYS = [60, 30, 7] as const;

export const verificationMethods = {
  publicRegister: text('监管部门公示信息', 'Public register of the authority'),
  original: text('核对原件', 'Original seen'),
  issuer: text('向发证机关或出具方函询', 'Asked at its issuer'),
  sealedCopy: text('加盖公章的复印件', 'Copy with company seal'),
} as const;

/** The life of a licence or letter: typed, verified by quality, running out, lapsed by itself at midnight. */
export const paperStates = {
  unverified: { label: text('待核验', 'To be verified'), tone: 'waiting' },
  valid: { label: text('有效', 'Valid'), tone: 'good' },
  expiring: { label: text('即将到期', 'Expiring'), tone: 'waiting' },
  lapsed: { label: text('已到期', 'Lapsed'), tone: 'refused' },
  withdrawn: { label: text('已撤销', 'Withdrawn'), tone: 'draft' },
} as const satisfies Record<string, StateDefinition>;

/** States in which a paper was verified and counts, as long as its term says so. */
export const verifiedStates: readonly string[] = ['valid', 'expiring', 'lapsed'];

/** Term and verification: who and when come from the session and the clock, never from the form. */
export const paperFields = {
  startsOn: field.date({ label: text('有效期起', 'Valid from'), optional: true }),
  endsOn: field.date({ label: text('有效期至', 'Valid to'), optional: true, help: text('留空即长期有效', 'Empty: without end') }),
  verifiedBy: field.ref('user', { label: text('核验人', 'Verified by'), derived: true, optional: true }),
  verifiedOn: field.date({ label: text('核验日期', 'Verified on'), derived: true, optional: true }),
  verificationMethod: field.choice(verificationMethods, { label: text('核验方式', 'How verified'), derived: true, optional: true }),
  verificationNote: field.text({ label: text('核验说明', 'Verification note'), derived: true, optional: true }),
  warnedDays: field.integer({ label: text('已提醒（到期前天数）', 'Warned (days before)'), derived: true, optional: true }),
};

interface Paper {
  readonly number: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

export const termRefusals = (paper: Paper): Refusal[] =>
  paper.startsOn !== null && paper.endsOn !== null && paper.endsOn < paper.startsOn
    ? [partyRefusals.endIsBeforeStart({}, { field: 'endsOn' })]
    : [];

const verifyInput = {
  method: field.choice(verificationMethods, { label: text('核验方式', 'How verified'), initial: 'publicRegister' }),
  note: field.text({
    label: text('核验说明', 'Note'),
    optional: true,
    help: text('如公示网址、函号', 'For example the address of the register'),
  }),
};

/** Any content change needs verifying again: what was checked is no longer what is on file. */
export const forgetVerification = {
  verifiedBy: null,
  verifiedOn: null,
  verificationMethod: null,
  verificationNote: null,
  warnedDays: null,
};

/** Actions of a paper beyond `create`; `check` looks at its content. */
export function paperActions<D, F>(check: ActionDefinition<D, F>['refuse']): Record<string, ActionDefinition<any, F, any>> {
  const checked = check ? { refuse: check } : {};
  return {
    amend: { label: text('修改', 'Amend'), from: ['unverified'], to: 'unverified', editsContent: true, ...checked },
    change: {
      label: text('变更', 'Change'),
      from: ['valid', 'expiring', 'lapsed'],
      to: 'unverified',
      editsContent: true,
      reason: 'required',
      ...checked,
      set: () => forgetVerification,
    },
    verify: {
      label: text('核验', 'Verify'),
      from: ['unverified'],
      to: 'valid',
      isPrimary: true,
      input: verifyInput,
      refuse: (paper: Paper, _facts, { today }) =>
        paper.endsOn !== null && today > paper.endsOn
          ? [partyRefusals.lapsedCannotBeVerified({ no: paper.number ?? '', day: paper.endsOn }, { field: 'endsOn' })]
          : [],
      set: (_paper, input, { actor, today }) => ({
        verifiedBy: actor.id,
        verifiedOn: today,
        verificationMethod: input['method'],
        verificationNote: input['note'],
        warnedDays: null,
      }),
    },
    // Never asked for by anybody: the clock does these (party.lapse), and histories call them by these names.
    warn: { label: text('到期提醒', 'Warn of the end'), from: [], to: 'expiring' },
    lapse: { label: text('到期失效', 'Lapse'), from: [], to: 'lapsed' },
    withdraw: {
      label: text('撤销', 'Withdraw'),
      from: ['unverified', 'valid', 'expiring', 'lapsed'],
      to: 'withdrawn',
      reason: 'required',
      isDangerous: true,
    },
  };
}
