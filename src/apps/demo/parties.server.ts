import { partyDemo } from '#modules/party/index.ts';
import { takeOverDemoFiles } from '#modules/party/index.server.ts';
import type { DemoCompany } from './company.server.ts';
import type { Entities } from './masters.server.ts';

/** Parties, their licences and letters, typed by the quality officer and taken over by the head of quality; ids by code. */
export async function createParties(demo: DemoCompany, entities: Entities, today: string): Promise<Map<string, string>> {
  const { parties, licences, letters } = partyDemo(today);
  const ids = await demo.createAll(
    'quality2',
    'party',
    parties.map((p) => p.content),
  );
  const own: Readonly<Record<string, string>> = { 'own:HH': entities.main, 'own:HS': entities.branch };
  const owner = (of: string) => (of in own ? { ownEntityId: own[of] } : { partyId: ids.get(of) });
  const grantee = (to: string) => (to in own ? { granteeEntityId: own[to] } : { granteePartyId: ids.get(to) });
  const licenceIds = await demo.createList(
    'quality2',
    'licence',
    licences.map((l) => ({ ...l.content, ...owner(l.of) })),
  );
  const letterIds = await demo.createList(
    'quality2',
    'authorisation',
    letters.map((l) => ({ ...l.content, grantorId: ids.get(l.from), ...grantee(l.to) })),
  );
  await takeOverDemoFiles(demo.context('quality'), {
    licenceIds: licenceIds.filter((_, i) => licences[i]?.isVerified),
    letterIds,
    today,
    partyStates: new Map(parties.flatMap((p) => (p.state === 'draft' ? [] : [[ids.get(p.content.code) ?? '', p.state] as const]))),
  });
  return ids;
}
