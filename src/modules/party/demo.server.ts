import { systemScope } from '#kernel/db/database.server.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { loadDocs } from '#kernel/document/store.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import { authorisation } from './authorisation/authorisation.ts';
import { licence } from './licence/licence.ts';
import { party } from './party/party.ts';
import { changeStates } from './state-change.server.ts';

/** Files as they stood in the system before: which papers were verified, how far each party's file had come. */
export interface TakenOver {
  readonly licenceIds: readonly string[];
  readonly letterIds: readonly string[];
  readonly partyStates: ReadonlyMap<string, string>;
  readonly today: string;
}

/**
 * Gives the demo company a past: nobody signed a hundred approvals this morning. Histories say that files were taken over. Refuses
 * outside a demo, where every file is approved one by one.
 */
export async function takeOverDemoFiles(context: Context, taken: TakenOver): Promise<void> {
  const { system, actor } = context;
  if (!system.isDemo) throw new Error('files are taken over in a demo only');
  const at = system.clock.now().toISOString();
  const what = { action: 'take-over', day: taken.today, at, author: actor };
  const reason = '原系统档案结转 / taken over from the system before';
  const verified = { verifiedBy: actor.id, verifiedOn: taken.today, verificationMethod: 'publicRegister', verificationNote: '结转时复核' };
  await system.db.write(systemScope, async (tx) => {
    const papers = async (definition: AnyDefinition, ids: readonly string[]) => {
      const docs = await loadDocs(tx, definition, ids, { forUpdate: true });
      await changeStates(
        tx,
        definition,
        docs.map((before) => ({
          before,
          state: before.endsOn !== null && before.endsOn < taken.today ? 'lapsed' : 'valid',
          reason,
          values: verified,
        })),
        what,
      );
    };
    await papers(licence, taken.licenceIds);
    await papers(authorisation, taken.letterIds);
    const parties = await loadDocs(tx, party, [...taken.partyStates.keys()], { forUpdate: true });
    await changeStates(
      tx,
      party,
      parties.map((before) => ({ before, state: taken.partyStates.get(before.id) ?? before.state, reason })),
      what,
    );
  });
}
