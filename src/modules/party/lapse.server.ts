import { dayIn } from '#kernel/clock/clock.server.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { loadDocs } from '#kernel/document/store.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { fill, type LocalText } from '#kernel/i18n/text.ts';
import type { Job } from '#kernel/module.server.ts';
import { wakeOutbox } from '#kernel/outbox/outbox.server.ts';
import { groupFacts, type Product } from '#kernel/product.server.ts';
import { authorisation } from './authorisation/authorisation.ts';
import { daysUntil } from './expiry/days.ts';
import { filedDocuments } from './files.server.ts';
import { licence } from './licence/licence.ts';
import { WARNING_DAYS } from './licence/paper.ts';
import { party } from './party/party.ts';
import { describeGap, documentGaps, type DocumentGap } from './party/required-documents.ts';
import { changeStates, type StateChange } from './state-change.server.ts';

/** Papers taken at once; the rest follows in the next round. */
const BATCH = 500;

/** Both languages: the reason stands in the audit ledger, which belongs to no reader. */
const bothWays = (words: LocalText): string => `${words.zh} / ${words.en}`;

/** The local day, group-wide or of the company a paper belongs to, and its calendar arithmetic: all days as `YYYY-MM-DD`. */
interface Today {
  readonly group: string;
  readonly of: (entityId: string | null) => string;
}

export async function localDays(tx: Tx, product: Product, now: Date): Promise<Today> {
  const entities = await product.ports.entities.all(tx);
  const group = dayIn(now, (entities[0] ?? groupFacts).timeZone);
  const days = new Map(entities.map((e) => [e.id, dayIn(now, e.timeZone)]));
  return { group, of: (entityId) => (entityId === null ? group : (days.get(entityId) ?? group)) };
}

/** The last warning that is due when so many days are left; null while none is. */
const warningAt = (daysLeft: number): number | null => WARNING_DAYS.findLast((days) => daysLeft <= days) ?? null;

/** Verified papers whose end has passed or comes near enough to be said again, locked. */
async function papersInQuestion(tx: Tx, d: AnyDefinition, today: Today): Promise<any[]> {
  const table = d === authorisation ? sql`party.authorisation` : sql`party.licence`;
  // One day more than the first warning: somewhere it may already be tomorrow.
  const rows = await tx.query<{ id: string }>(sql`
    select id from ${table}
    where state in ('valid', 'expiring') and ends_on <= ${today.group}::date + ${WARNING_DAYS[0] + 1}::int
      and (ends_on <= ${today.group}::date or warned_days is null
        or warned_days > coalesce((select min(w) from unnest(${[...WARNING_DAYS]}::int[]) w where ends_on - ${today.group}::date <= w), warned_days))
    order by ends_on, id limit ${BATCH} for update skip locked`);
  return rows.length > 0
    ? loadDocs(
        tx,
        d,
        rows.map((r) => r.id),
      )
    : [];
}

interface Due {
  readonly lapsing: StateChange[];
  readonly warning: StateChange[];
}

function dueOf(papers: readonly any[], today: Today): Due {
  const due: Due = { lapsing: [], warning: [] };
  for (const paper of papers) {
    const day = today.of(paper.ownEntityId ?? paper.granteeEntityId ?? null);
    const left = daysUntil(paper.endsOn, day);
    const warned = warningAt(left);
    if (left < 0) {
      due.lapsing.push({
        before: paper,
        state: 'lapsed',
        reason: bothWays(fill({ zh: '{day} 到期', en: 'expired on {day}' }, { day: paper.endsOn })),
      });
    } else if (warned !== null && warned !== paper.warnedDays) {
      const reason = bothWays(fill({ zh: '{days} 天内到期', en: 'expires within {days} days' }, { days: warned }));
      due.warning.push({ before: paper, state: 'expiring', reason, values: { warnedDays: warned } });
    }
  }
  return due;
}

const gapWords = (gaps: readonly DocumentGap[]): string =>
  gaps
    .map((gap) => describeGap(gap))
    .map(({ words, params }) => bothWays(fill(words, params)))
    .join('; ');

/**
 * Looks at parties again whose documents changed: an approved one whose file is no longer complete expires, and its history names the
 * document. Returns how many did.
 */
export async function reevaluateParties(tx: Tx, partyIds: readonly string[], day: string, at: string): Promise<number> {
  const ids = [...new Set(partyIds)];
  if (ids.length === 0) return 0;
  const parties = (await loadDocs(tx, party, ids, { forUpdate: true })).filter((p) => p.state === 'approved');
  const documents = await filedDocuments(tx, { partyIds: parties.map((p) => p.id), entityIds: [] });
  const changes = parties.flatMap((p): StateChange[] => {
    const gaps = documentGaps(p, documents.get(p.id) ?? [], day);
    return gaps.length > 0 ? [{ before: p, state: 'expired', reason: gapWords(gaps) }] : [];
  });
  await changeStates(tx, party, changes, { action: 'expire', day, at });
  return changes.length;
}

/** Lets papers lapse whose last day is over where they belong, warns before, and expires the parties that rested on them. */
export async function lapsePapers(product: Product, system: System): Promise<number> {
  const now = system.clock.now();
  const at = now.toISOString();
  const count = await system.db.write(systemScope, async (tx) => {
    const today = await localDays(tx, product, now);
    let done = 0;
    for (const definition of [licence, authorisation] as const) {
      const { lapsing, warning } = dueOf(await papersInQuestion(tx, definition, today), today);
      await changeStates(tx, definition, lapsing, { action: 'lapse', day: today.group, at });
      await changeStates(tx, definition, warning, { action: 'warn', day: today.group, at });
      await reevaluateParties(
        tx,
        lapsing.flatMap((c) => (c.before.partyId as string | null | undefined) ?? []),
        today.group,
        at,
      );
      done += lapsing.length + warning.length;
    }
    return done;
  });
  if (count > 0) wakeOutbox(system.db);
  return count;
}

/** Every minute: a paper lapses at 00:00 of the day after its last one, and a server that slept catches up at once. */
export const lapseJob = (product: () => Product): Job => ({
  name: 'party.lapse',
  cron: '* * * * *',
  run: async (system) => {
    for (let round = 0; round < 200 && (await lapsePapers(product(), system)) >= BATCH; round += 1);
  },
});
