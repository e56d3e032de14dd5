import { refuse, RefusedError } from '../command/refusal.ts';
import { runCommand } from '../command/pipeline.server.ts';
import { sql, type RowScope } from '../db/database.server.ts';
import type { ActionDefinition, AnyDefinition } from '../document/definition.ts';
import type { System } from '../http/context.server.ts';
import { refusalToWire } from '../http/problem.ts';
import { contextOf, definitionOf, requireImport, type ImportEngine } from './engine.server.ts';
import { importRefusals } from './refusals.ts';
import { changeSession, loadSession } from './session.server.ts';

const BATCH = 200;

/** The action that takes something back from a state: mirror a posting, cancel a draft, deactivate a record. */
export function undoAction(d: AnyDefinition, state: string): string | undefined {
  const actions = Object.entries(d.actions as Record<string, ActionDefinition>).filter(([, a]) => a.from.includes(state));
  const byName = (name: string) => actions.find(([n]) => n === name)?.[0];
  return actions.find(([, a]) => a.reverses)?.[0] ?? byName('cancel') ?? byName('deactivate');
}

/** Whether an import of this kind can be taken back at all. */
export const canRollBack = (d: AnyDefinition): boolean => Object.keys(d.states).some((state) => undoAction(d, state) !== undefined);

interface Created {
  readonly item: number;
  readonly sheet: number;
  readonly row: number;
  readonly recordId: string;
  readonly recordState: string;
}

const nextCreated = (system: System, scope: RowScope, sessionId: string, after: number): Promise<Created[]> =>
  system.db.read(scope, (tx) =>
    tx.query<Created>(sql`
    select i.item, i.sheet, i.row_no as row, i.record_id as "recordId", d.state as "recordState"
    from kernel.import_item i join kernel.directory d on d.id = i.record_id
    where i.session_id = ${sessionId} and i.state = 'done' and i.action = 'create' and i.item > ${after} order by i.item limit ${BATCH}`),
  );

/**
 * Takes back what an import created: reverses, cancels or deactivates each through the pipeline, with the reason given. What can no
 * longer be taken back stays and says why; changes of existing records stay, their earlier versions are kept with them.
 */
export async function rollBackImport(
  engine: ImportEngine,
  system: System,
  sessionId: string,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const session = await system.db.read({ entityIds: '*', userId: null }, (tx) => loadSession(tx, sessionId));
  if (session.state !== 'rolling-back' || !session.rollback) return;
  const d = definitionOf(engine, session.kind);
  const context = await contextOf(engine, system, d, session);
  const scope = requireImport(context.actor, d, session.entityId);
  const { reason } = session.rollback;
  const total = session.totals.done ?? 0;
  let done = 0;
  for (
    let page = await nextCreated(system, scope, sessionId, 0);
    page.length > 0;
    page = await nextCreated(system, scope, sessionId, page.at(-1)?.item ?? 0)
  ) {
    const outcomes: { item: number; state: string; errors: unknown[] }[] = [];
    for (const created of page) {
      const action = undoAction(d, created.recordState);
      try {
        if (!action) refuse(importRefusals.noRollback({ what: d.label }));
        await runCommand(engine.product, context, {
          definition: d,
          action,
          id: created.recordId,
          envelope: { idempotencyKey: `import-undo-${session.id}-${created.item}`, entityId: session.entityId, dryRun: false, reason },
        });
        outcomes.push({ item: created.item, state: 'undone', errors: [] });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        const errors = error.refusals.map((r) => ({ sheet: created.sheet, row: created.row, column: null, refusal: refusalToWire(r) }));
        outcomes.push({ item: created.item, state: 'kept', errors });
      }
    }
    done += page.length;
    await system.db.write(scope, async (tx) => {
      await tx.query(sql`
        update kernel.import_item i set state = r.state, errors = i.errors || r.errors
        from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as r(item integer, state text, errors jsonb)
        where i.session_id = ${sessionId} and i.item = r.item`);
      await changeSession(tx, sessionId, { done }, system.clock.now().toISOString());
    });
    await progress(done, total);
  }
  await system.db.write(scope, (tx) =>
    changeSession(tx, sessionId, { state: 'rolled-back', failure: null }, system.clock.now().toISOString()),
  );
}
