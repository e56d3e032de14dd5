export { lapseJob, lapsePapers } from './lapse.server.ts';
export { filedDocuments, partyFiles, tradingPermits, type PartyFile } from './files.server.ts';
export { answerMayWe, askedParty, lettersTowards, type MayWeFacts } from './may-we/may-we.server.ts';
export { takeOverDemoFiles } from './demo.server.ts';
