import { implementDefinition } from '#kernel/module.server.ts';
import { filedDocuments } from '../files.server.ts';
import { party } from './party.ts';
import { isTaxNumber } from './vat.server.ts';

export const partyServer = implementDefinition(party, {
  facts: async (tx, doc) => ({
    documents: (await filedDocuments(tx, { partyIds: [doc.id], entityIds: [] })).get(doc.id) ?? [],
    isTaxNumberSound: doc.taxNo === null || isTaxNumber(doc.country, doc.taxNo),
  }),
});
