import { refuse } from '#kernel/command/refusal.ts';
import { normalDi } from '../package/device-identifier.ts';
import type { DeviceFile, DeviceRecord, DeviceSource } from './device-record.ts';
import { isTradeItems, tradeItemRecords } from './eudamed-trade-item.ts';
import { eudamedRecords } from './eudamed.ts';
import { gudidRecords } from './gudid.ts';
import { isNmpa, nmpaJsonRecords, nmpaRecords } from './nmpa.ts';
import { isOpenfda, openfdaRecords } from './openfda.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';
import { parseXml } from './xml-document.server.ts';
import { deepElements, type XmlElement } from './xml-element.ts';

type Found = readonly [DeviceSource, readonly (DeviceRecord | null)[]];

function ofXml(root: XmlElement, name: string): Found {
  const [device] = deepElements(root, 'device');
  if (device?.children.some((c) => c.name === 'zxxsdycpbs')) return ['nmpa', nmpaRecords(root)];
  if (device?.children.some((c) => c.name === 'identifiers')) return ['gudid', gudidRecords(root)];
  return deepElements(root, 'Device').length > 0 ? ['eudamed', eudamedRecords(root)] : refuse(refusals.unknownFormat({ name }));
}

function ofJson(source: string, name: string): Found {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    return refuse(refusals.unknownFormat({ name }));
  }
  if (isOpenfda(json)) return ['openfda', openfdaRecords(json)];
  if (isNmpa(json)) return ['nmpa', nmpaJsonRecords(json)];
  return isTradeItems(json) ? ['eudamed', tradeItemRecords(json)] : refuse(refusals.unknownFormat({ name }));
}

const normal = (record: DeviceRecord): DeviceRecord => ({
  ...record,
  di: normalDi(record.di.trim(), record.issuingAgency),
  packages: record.packages.map((p) => ({
    ...p,
    di: normalDi(p.di.trim(), p.issuingAgency),
    containedDi: p.containedDi === null ? null : normalDi(p.containedDi.trim(), p.issuingAgency),
  })),
});

/**
 * Reads a file of a public device database, whichever it is: the content tells, not its name. Refuses what it does not know, what is
 * not well-formed, and what holds no device. Records without an identifier are named, not dropped.
 */
export function readDeviceFile(bytes: Uint8Array, name: string): DeviceFile {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(refusals.unknownFormat({ name }));
  }
  const [kind, found] = source.trimStart().startsWith('<') ? ofXml(parseXml(source), name) : ofJson(source, name);
  if (found.length === 0) refuse(refusals.noDevices({ name }));
  return {
    source: kind,
    records: found.filter((r) => r !== null).map(normal),
    unreadable: found.flatMap((r, i) => (r === null ? [{ row: i + 1, problem: 'no-identifier' as const }] : [])),
  };
}
