#!/usr/bin/env node
// Verifies an export of the audit ledger without the application, its database or any package: plain Node ≥ 20.
//   node verify-audit.mjs <export.jsonl> [--anchors <file.jsonl>]…
// Prints what differs and where. Exit code 0: everything holds; 1: something was changed; 2: not a readable export.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const GENESIS = sha256('').toString('hex');
const leafHash = (text) => sha256(LEAF, Buffer.from(text, 'utf8')).toString('hex');

/** Root of a Merkle tree (RFC 6962, 2.1) over leaf hashes in hex. */
export function merkleRoot(leaves) {
  if (leaves.length === 0) return GENESIS;
  let level = leaves.map((l) => Buffer.from(l, 'hex'));
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? sha256(NODE, level[i], level[i + 1]) : level[i]);
    level = next;
  }
  return level[0].toString('hex');
}

/** Names of the members of a row's text, in order. */
const EVENT = [
  'format',
  'eventId',
  'xid',
  'commandId',
  'entityId',
  'actorId',
  'actorName',
  'sessionId',
  'ip',
  'kind',
  'recordId',
  'number',
  'action',
  'fromState',
  'toState',
  'version',
  'changes',
  'reason',
  'occurredOn',
  'recordedAtMicros',
  'signatureId',
  'postingDigest',
  'requestId',
];
const named = (text) => Object.fromEntries(JSON.parse(text).map((value, i) => [EVENT[i] ?? i, value]));
const describe = (event) =>
  `row ${event.eventId}: ${new Date(Number(BigInt(event.recordedAtMicros) / 1000n)).toISOString()} ${event.actorName} ` +
  `${event.action} ${event.kind} ${event.number ?? event.recordId ?? ''}`.trim();

class Verifier {
  problems = [];
  counts = { blocks: 0, events: 0, postings: 0 };
  block = undefined;
  before = GENESIS;
  beforeNo = 0n;
  rows = new Map();
  digests = new Map();
  hashes = new Map();
  ended = undefined;
  header = undefined;

  report(what, where) {
    this.problems.push({ what, where });
  }

  line(entry) {
    switch (entry.type) {
      case 'header':
        this.header = entry;
        break;
      case 'block':
        this.closeBlock();
        this.openBlock(entry);
        break;
      case 'event':
        this.event(entry);
        break;
      case 'posting':
        this.posting(entry);
        break;
      case 'unknown-posting':
        this.report('posted without an audit row', `posting ${entry.postingId}\n    ${(entry.rows ?? []).join('\n    ')}`);
        break;
      case 'end':
        this.closeBlock();
        this.ended = entry;
        break;
      default:
        this.report('line of unknown type', String(entry.type));
    }
  }

  openBlock(entry) {
    const [format, no, prev, root, , , , , rowCount] = JSON.parse(entry.text);
    const where = `block ${no}`;
    this.counts.blocks += 1;
    if (format !== 'audit.block/1' || no !== entry.blockNo) this.report('block text is not that of the block', where);
    if (BigInt(no) !== this.beforeNo + 1n) this.report('block missing', `between block ${this.beforeNo} and block ${no}`);
    if (prev !== this.before) this.report('chain broken: the block does not follow the one before', where);
    if (sha256(Buffer.from(entry.text, 'utf8')).toString('hex') !== entry.hash) this.report('block changed: its hash differs', where);
    if (merkleRoot(entry.leaves) !== root) this.report('block changed: the hashes of its rows do not give its root', where);
    if (entry.leaves.length !== rowCount || entry.eventIds.length !== rowCount) this.report('block changed: wrong number of rows', where);
    this.before = entry.hash;
    this.beforeNo = BigInt(no);
    this.hashes.set(no, entry.hash);
    this.block = { no, leaves: new Map(entry.eventIds.map((id, i) => [id, entry.leaves[i]])) };
    this.rows = new Set();
  }

  event(entry) {
    this.counts.events += 1;
    const event = named(entry.text);
    const where = `block ${entry.blockNo}, ${describe(event)}`;
    const leaf = this.block?.leaves.get(event.eventId);
    this.rows.add(event.eventId);
    if (leaf === undefined) this.report('row inserted: no block sealed it', where);
    else if (leaf !== leafHash(entry.text)) this.report('row changed', where);
    if (event.postingDigest) this.digests.set(event.eventId, { digest: event.postingDigest, where });
  }

  posting(entry) {
    this.counts.postings += 1;
    const expected = this.digests.get(entry.eventId);
    this.digests.delete(entry.eventId);
    if (!expected) return this.report('posting without its audit row', `posting ${entry.postingId}`);
    const digestOf = (rows) => sha256(Buffer.from(rows.join('\n'), 'utf8')).toString('hex');
    if (digestOf(entry.rows) === expected.digest) return;
    const extra = entry.rows.findIndex((_, i) => digestOf(entry.rows.toSpliced(i, 1)) === expected.digest);
    if (extra >= 0) this.report('move or journal line inserted after posting', `${expected.where}\n    ${entry.rows[extra]}`);
    else
      this.report(
        'moves or journal lines changed or missing',
        `${expected.where}\n    now: ${entry.rows.join('\n         ') || 'nothing'}`,
      );
  }

  closeBlock() {
    if (!this.block) return;
    for (const id of this.block.leaves.keys()) if (!this.rows.has(id)) this.report('row missing', `block ${this.block.no}, row ${id}`);
    for (const { where } of this.digests.values()) this.report('moves and journal lines missing', where);
    this.digests.clear();
    this.block = undefined;
  }

  finish(anchors) {
    if (this.header?.format !== 'medtrade-audit/1') this.report('not an audit export of format medtrade-audit/1', 'first line');
    if (!this.ended) this.report('the export is cut off: its last line is missing', 'end of file');
    for (const [name, count] of Object.entries(this.counts)) {
      if (this.ended && this.ended[name] !== count)
        this.report(`the export has ${String(count)} ${name} and says ${String(this.ended[name])}`, 'end of file');
    }
    if (this.header?.head && this.header.head.blockHash !== this.before)
      this.report('the head differs from the last block', `block ${this.beforeNo}`);
    for (const { blockNo, blockHash, anchoredAt } of anchors) {
      if (this.hashes.get(String(blockNo)) !== blockHash) this.report(`differs from the anchor of ${anchoredAt}`, `block ${blockNo}`);
    }
    return { problems: this.problems, counts: this.counts, head: this.before };
  }
}

/** Verifies the lines of an export; `anchors` are heads kept elsewhere. */
export async function verifyLines(lines, anchors = []) {
  const verifier = new Verifier();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    verifier.line(JSON.parse(line));
  }
  return verifier.finish(anchors);
}

async function main(args) {
  const anchorFiles = args.flatMap((a, i) => (a === '--anchors' ? [args[i + 1]] : []));
  const [file] = args.filter((a, i) => a !== '--anchors' && args[i - 1] !== '--anchors');
  if (!file) {
    console.error('usage: node verify-audit.mjs <export.jsonl> [--anchors <file.jsonl>]…');
    return 2;
  }
  const anchors = anchorFiles.flatMap((f) =>
    readFileSync(f, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l)),
  );
  const input = createReadStream(file);
  const failed = new Promise((_, reject) => input.once('error', reject));
  const result = await Promise.race([verifyLines(createInterface({ input, crlfDelay: Infinity }), anchors), failed]);
  for (const { what, where } of result.problems) console.log(`✗ ${what}\n    ${where}`);
  console.log(
    `${result.problems.length === 0 ? '✓ nothing was changed' : `✗ ${result.problems.length} findings`}: ` +
      `${result.counts.blocks} blocks, ${result.counts.events} rows, ${result.counts.postings} postings, head ${result.head}`,
  );
  return result.problems.length === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error) => {
      console.error(`the export cannot be read: ${error.message}`);
      process.exitCode = 2;
    },
  );
}
