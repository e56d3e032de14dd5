import { reaches, scopeOf } from '#kernel/access/actor.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { titlesOf } from '#kernel/document/directory.server.ts';
import { type Context, handle, type OperationHandler } from '#kernel/http/context.server.ts';
import type { OperationInput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { groupFacts, type Product } from '#kernel/product.server.ts';
import type { ChainLink } from '../authorisation/chain.ts';
import { filedDocuments, partyFiles, tradingPermits } from '../files.server.ts';
import { verifiedStates } from '../licence/paper.ts';
import { documentKinds } from '../licence/document-kinds.ts';
import { describeGap, documentGaps, partyRoles, requiredDocuments, type FiledDocument } from '../party/required-documents.ts';
import { mayWeAsk, partyQualification, QUALIFICATION_VIEW } from '../operations.ts';
import { fill } from '#kernel/i18n/text.ts';
import { checkLabels, mayWe, type AskedParty, type MayWeAnswer, type MayWeQuestion } from './may-we.ts';

/** Every letter not withdrawn that could be a link on the way to a party or company, at most five steps away. */
export async function lettersTowards(tx: Tx, targetId: string): Promise<ChainLink[]> {
  return tx.query<ChainLink>(sql`
    with recursive reach (id, depth) as (
      select ${targetId}::text, 0
      union
      select a.grantor_id, reach.depth + 1 from reach
      join party.authorisation a on coalesce(a.grantee_party_id, a.grantee_entity_id) = reach.id and a.state <> 'withdrawn'
      where reach.depth < 5
    )
    select a.id, a.letter_no "letterNo", a.grantor_id "from", coalesce(a.grantee_party_id, a.grantee_entity_id) "to", a.starts_on "startsOn",
      a.ends_on "endsOn", a.state = any(${[...verifiedStates]}::text[]) "isVerified", a.may_pass_on "mayPassOn", coalesce(a.regions, '{}') regions,
      (select jsonb_agg(jsonb_build_object('coverage', p.coverage, 'value', p.value)) from party.authorisation_products p where p.document_id = a.id) products
    from party.authorisation a
    where a.state <> 'withdrawn' and coalesce(a.grantee_party_id, a.grantee_entity_id) in (select id from reach)
    order by a.id limit 2000`);
}

/** Everything of a party that gates look at; undefined where there is none. */
export async function askedParty(tx: Tx, partyId: string): Promise<(AskedParty & { readonly code: string }) | undefined> {
  const file = (await partyFiles(tx, [partyId])).get(partyId);
  if (!file) return undefined;
  const holders = { partyIds: [partyId], entityIds: [] };
  return {
    ...file,
    documents: (await filedDocuments(tx, holders)).get(partyId) ?? [],
    permits: (await tradingPermits(tx, holders)).get(partyId) ?? [],
  };
}

export type MayWeFacts = Pick<MayWeQuestion, 'direction' | 'mode' | 'day' | 'product' | 'holderId'> & {
  readonly entityId: string;
  readonly partyId: string;
  readonly warehouseAddress: string | null;
};

/** The answer of the scope engine and everything around it, in the running transaction; undefined where there is no such party. */
export async function answerMayWe(
  tx: Tx,
  q: MayWeFacts,
): Promise<{ readonly party: AskedParty & { code: string }; readonly answer: MayWeAnswer } | undefined> {
  const party = await askedParty(tx, q.partyId);
  if (!party) return undefined;
  const permits = (await tradingPermits(tx, { partyIds: [], entityIds: [q.entityId] })).get(q.entityId) ?? [];
  const letters = q.direction === 'buy' && q.holderId !== null ? await lettersTowards(tx, q.partyId) : [];
  const answer = mayWe({ ...q, party, letters, own: { entityId: q.entityId, permits, warehouseAddress: q.warehouseAddress } });
  return { party, answer };
}

type Asked = OperationInput<typeof mayWeAsk>['query'];

const productOf = (query: Asked): MayWeQuestion['product'] => ({
  deviceClass: query.deviceClass,
  code2002: query.code2002 || null,
  code2017: query.code2017 || null,
  isIvdReagent: query.isIvdReagent === 'true',
  isFilingExempt: query.isFilingExempt === 'true',
  isLargeEquipment: query.isLargeEquipment === 'true',
  code: query.productCode || null,
  registrationNo: query.registrationNo || null,
});

async function ask(product: Product, context: Context, query: Asked) {
  const action = text('查询资质', 'ask about qualifications');
  const scope = scopeOf(context.actor, QUALIFICATION_VIEW);
  if (!scope || !reaches(scope.entityIds, query.entityId)) return refuse(commandRefusals.outOfScope({ action }));
  return context.system.db.read({ entityIds: [query.entityId], userId: context.actor.id }, async (tx) => {
    const entity = (await product.ports.entities.facts(tx, query.entityId)) ?? refuse(commandRefusals.outOfScope({ action }));
    const day = query.day ?? dayIn(context.system.clock.now(), entity.timeZone);
    const found = await answerMayWe(tx, {
      entityId: query.entityId,
      partyId: query.partyId,
      direction: query.direction,
      mode: query.mode,
      day,
      product: productOf(query),
      holderId: query.holderId || null,
      warehouseAddress: query.warehouseAddress || null,
    });
    if (!found) return refuse(commandRefusals.notFound({ what: text('往来单位', 'party') }));
    const { party, answer } = found;
    const titles = await titlesOf(
      tx,
      (answer.chain?.path ?? []).flatMap(({ link }) => [link.from, link.to]),
    );
    const named = (id: string) => titles[id]?.title ?? text(id, id);
    return {
      isAllowed: answer.isAllowed,
      day,
      party: { id: party.id, code: party.code, name: text(party.nameZh, party.nameEn ?? party.nameZh), state: party.state },
      checks: answer.checks.map(({ missing: _, ...c }) => ({
        ...c,
        label: checkLabels[c.name],
        reasons: [...c.reasons],
        matched: [...c.matched],
      })),
      chain:
        answer.chain &&
        answer.chain.path.map(({ link, problems }) => ({
          id: link.id,
          letterNo: link.letterNo,
          from: named(link.from),
          to: named(link.to),
          endsOn: link.endsOn,
          problems: [...problems],
        })),
    };
  });
}

const either = (kinds: readonly (keyof typeof documentKinds)[]) =>
  text(kinds.map((k) => documentKinds[k].zh).join(' / '), kinds.map((k) => documentKinds[k].en).join(' / '));

async function qualification(context: Context, partyId: string) {
  return context.system.db.read({ entityIds: '*', userId: context.actor.id }, async (tx) => {
    const party = (await partyFiles(tx, [partyId])).get(partyId) ?? refuse(commandRefusals.notFound({ what: text('往来单位', 'party') }));
    const documents = (await filedDocuments(tx, { partyIds: [partyId], entityIds: [] })).get(partyId) ?? [];
    const day = dayIn(context.system.clock.now(), groupFacts.timeZone);
    const gaps = documentGaps(party, documents, day);
    const shown = (d: FiledDocument | null | undefined) => (d ? { id: d.id, licenceNo: d.licenceNo, endsOn: d.endsOn } : null);
    return {
      day,
      requirements: requiredDocuments(party).map((requirement) => {
        const gap = gaps.find((g) => g.requirement.anyOf.join() === requirement.anyOf.join());
        const described = gap && describeGap(gap);
        const filling = documents.find(
          (d) => requirement.anyOf.includes(d.documentKind) && d.isVerified && (d.endsOn ?? day) >= day && (d.startsOn ?? day) <= day,
        );
        return {
          label: either(requirement.anyOf),
          role: partyRoles[requirement.role],
          rule: requirement.rule,
          problem: gap?.problem ?? null,
          words: described ? fill(described.words, described.params) : null,
          document: shown(gap ? gap.document : filling),
        };
      }),
    };
  });
}

export const mayWeHandlers = (product: () => Product): OperationHandler[] => [
  handle(mayWeAsk, (context, { query }) => ask(product(), context, query)),
  handle(partyQualification, (context, { params }) => qualification(context, params.partyId)),
];
