import { levelFor, maskForActor } from '../access/masking.ts';
import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { titlesOf } from '../document/directory.server.ts';
import { refusalToWire } from '../http/problem.ts';
import type { CommandAnswer } from '../http/wire.ts';
import { lotsOf } from '../ledger/stock/on-hand.server.ts';
import { COST_SENSITIVITY } from '../ledger/stock/move.ts';
import { fromMinor } from '../money/money.ts';
import type { Run } from './command.server.ts';

/** Moves shown in an answer; the full set is read from the ledger. */
const SHOWN_MOVES_MAX = 200;

async function shownMoves(tx: Tx, run: Run, showsCost: boolean) {
  const moves = run.moves.slice(0, SHOWN_MOVES_MAX);
  if (moves.length === 0) return [];
  const lots = await lotsOf(tx, [...new Set(moves.map((m) => m.lotId))]);
  const labels = new Map(lots.map((l) => [l.lotId, [l.lotNo, l.serialNo].filter(Boolean).join(' / ')]));
  return moves.map((m) => ({
    line: m.line,
    productId: m.productId,
    lotId: m.lotId,
    lotLabel: labels.get(m.lotId) ?? '',
    fromPlaceId: m.fromPlaceId,
    fromState: m.fromState,
    toPlaceId: m.toPlaceId,
    toState: m.toState,
    quantity: m.quantity,
    value: showsCost ? fromMinor(m.valueMinor, run.entity.functionalCurrency) : null,
  }));
}

const shownLines = (run: Run) =>
  run.journal.slice(0, 2 * SHOWN_MOVES_MAX).map((line) => ({
    book: line.book,
    accountId: line.accountId,
    counterpartyId: line.counterpartyId,
    currency: line.currency,
    summary: line.summary,
    debit: line.amountMinor > 0n ? fromMinor(line.amountMinor, line.currency) : '',
    credit: line.amountMinor < 0n ? fromMinor(-line.amountMinor, line.currency) : '',
  }));

/** What the caller is told: the head and header as this actor may see them, and what was (or would be) posted. */
export async function answerOf(tx: Tx, run: Run): Promise<CommandAnswer> {
  const { definition, doc, context } = run;
  const { lines: _, ...header } = maskForActor(context.actor, definition, { ...doc, lines: {} });
  // The journal of goods movements tells their cost; what a person may not see in lists is not told here either.
  const showsCost = run.moves.length === 0 || levelFor(context.actor, COST_SENSITIVITY, doc.entityId) === 'full';
  const moves = await shownMoves(tx, run, showsCost);
  const journal = showsCost ? shownLines(run) : [];
  const ids = [
    ...moves.flatMap((m) => [m.productId, m.fromPlaceId, m.toPlaceId]),
    ...journal.flatMap((l) => [l.accountId, l.counterpartyId]),
  ];
  const places = await placeTitles(
    tx,
    moves.flatMap((m) => [m.fromPlaceId, m.toPlaceId]),
  );
  return {
    status: run.request.envelope.dryRun ? 'rehearsed' : run.approvalId ? 'awaiting-approval' : 'done',
    isReplay: false,
    document: header,
    approvalId: run.approvalId,
    effects: {
      moves,
      journal,
      moveCount: run.moves.length,
      numbers: run.numbers,
      gates: run.verdicts.map((v) => ({
        gate: v.gate,
        isPassed: v.isPassed,
        ruleVersion: v.ruleVersion,
        refusals: v.refusals.map(refusalToWire),
      })),
    },
    titles: { ...places, ...(await titlesOf(tx, ids)) },
  };
}

/** Places that are no records of their own (supplier, opening, loss) have their names in the ledger. */
async function placeTitles(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return {};
  const rows = await tx.query(
    sql`select place_id, code, name_zh, name_en from ledger.place where place_id = any(${[...new Set(ids)]}::text[])`,
  );
  return Object.fromEntries(rows.map((r) => [r.place_id, { kind: 'place', number: r.code, title: { zh: r.name_zh, en: r.name_en } }]));
}
