import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RefusedError } from '#kernel/command/refusal.ts';
import type { DeviceFile } from './device-record.ts';
import { readDeviceFile } from './read-device-file.server.ts';

const vectors = join(import.meta.dirname, '../../../../../shared/data');
const isAbsent = !existsSync(vectors);
if (isAbsent) console.warn(`device data samples are not there (${vectors}): their conformance is not tested`);

const sample = (path: string): Buffer => readFileSync(join(vectors, path));
const read = (source: string | Uint8Array, name = 'sample'): DeviceFile =>
  readDeviceFile(typeof source === 'string' ? new TextEncoder().encode(source) : source, name);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'read';
  } catch (error) {
    return error instanceof RefusedError ? error.refusals.map((r) => r.code).join() : String(error);
  }
};

test.skipIf(isAbsent)('GUDID: identifiers, packages, GMDN, climate and marks of a hip liner', () => {
  const file = read(sample('gudid/gudid-two-records.xml'));
  expect([file.source, file.records.length, file.unreadable]).toEqual(['gudid', 1, []]);
  expect(file.records[0]).toMatchObject({
    di: '00844588018923',
    issuingAgency: 'gs1',
    nameEn: 'Acet. Insert, VitalitE',
    nameZh: null,
    brandName: 'CS2 Acet. Cup Sys. - VitalitE',
    catalogueNo: '1107-0-3258',
    holderName: 'CONSENSUS ORTHOPEDICS, INC.',
    isImplant: true,
    isSingleUse: true,
    isSterile: false,
    hasLot: true,
    hasSerial: false,
    hasExpiry: true,
    gmdnCode: '43691',
    fdaProductCode: 'OQG',
    storageMinC: '-30',
    storageMaxC: '8',
    versionDate: '2017-12-19',
    isWithdrawn: false,
    packages: [{ di: '00844868017264', level: 'case', quantity: '25', containedDi: '00844868017288', discontinuedOn: '2015-11-11' }],
  });
});

test.skipIf(isAbsent)('GUDID release: every device is read, whatever agency issued its identifier', () => {
  const file = read(sample('gudid/gudid-devices.sample.xml'));
  const xml = sample('gudid/gudid-devices.sample.xml').toString();
  expect(file.records.length).toBe(xml.match(/<device /g)?.length);
  expect(file.unreadable).toEqual([]);
  expect(new Set(file.records.map((r) => r.di)).size).toBe(file.records.length);
  expect(file.records[0]).toMatchObject({
    di: '10197106724460',
    packages: [{ di: '50197106724468', quantity: '2', containedDi: '10197106724460' }],
  });
  expect(file.records.find((r) => r.catalogueNo === 'PECGDNR12' || r.storageMaxC !== null)?.storageMaxC).toBe('40');
});

test.skipIf(isAbsent)('openFDA: the documented example answers are devices, the count is not one', () => {
  const file = read(sample('openfda/device-udi.examples.json'));
  expect([file.source, file.records.length]).toEqual(['openfda', 2]);
  expect(file.records[0]).toMatchObject({
    di: '00887517567062',
    nameEn: 'CoRoent Ant TLIF PEEK, 16x13x28mm 4°',
    holderName: 'Nuvasive, Inc.',
    model: '5163284',
    isSterile: false,
    isSingleUse: false,
    hasLot: true,
    gmdnCode: '57805',
    fdaProductCode: 'MAX',
  });
});

test.skipIf(isAbsent)('NMPA: registration, class code, Chinese name, packages and climate, in XML and in JSON', () => {
  const file = read(sample('nmpa-udi/udid-three-devices.xml'));
  expect([file.source, file.records.length]).toEqual(['nmpa', 3]);
  const [pen, balloon, sampler] = file.records;
  expect(pen?.packages.map((p) => [p.di, p.level, p.quantity, p.containedDi])).toEqual([
    ['26975737430209', 'case', '10', '06975737431158'],
    ['16975737430493', 'inner', '10', '06975737431158'],
  ]);
  expect(balloon).toMatchObject({
    di: '06972253600013',
    nameZh: 'PTCA球囊扩张导管',
    specification: 'CBC-1210',
    registrationNo: '国械注准20193030166',
    classCode2017: '03-13-06',
    holderName: '苏州鼎科医疗技术股份有限公司',
    isIvd: false,
  });
  expect(sampler).toMatchObject({ registrationNo: '粤潮械备20140023', storageMinC: '2', storageMaxC: '8' });
  const json = read(
    JSON.stringify({
      dataSet: {
        deviceInfo: [
          {
            zxxsdycpbs: '06972253600013',
            cpmctymc: 'PTCA球囊扩张导管',
            packingList: { packing: { bzcpbs: '16972253600010', cpbzjb: '盒', bznhxyjcpbssl: 5, bznhxyjbzcpbs: '06972253600013' } },
          },
        ],
      },
    }),
  );
  expect([json.source, json.records[0]?.nameZh, json.records[0]?.packages[0]?.quantity]).toEqual(['nmpa', 'PTCA球囊扩张导管', '5']);
});

test.skipIf(isAbsent)('EUDAMED messages: refused as published, read once the template is filled', () => {
  for (const [path, expected] of [
    [
      'eudamed/samples/SAMPLE_DTX_UDI_001.01.xml',
      [
        {
          di: '3232_1212121',
          issuingAgency: 'hibcc',
          euRiskClass: 'I',
          emdnCode: 'W0599',
          nameEn: 'External Implant',
          catalogueNo: 'REF_NO_112233',
          basicUdiDi: '131441234555ZA',
          isIvd: false,
          hasLot: true,
        },
      ],
    ],
    [
      'eudamed/samples/SAMPLE_DTX_UDI_002.01.xml',
      [
        {
          di: '1234_1234346_4',
          euRiskClass: 'A',
          isIvd: true,
          isSterile: true,
          hasExpiry: true,
          codes: [{ system: 'directMarkDi', code: '1234_12346_4' }],
        },
        { di: '1234_1233246_5', codes: [{ system: 'secondaryDi' }, { system: 'directMarkDi' }] },
      ],
    ],
  ] as const) {
    const published = sample(path).toString();
    expect(codeOf(() => read(published))).toBe('catalogue/device-file-not-well-formed');
    const file = read(published.replace(/version="<!--[^"]*-->"/u, 'version="3.0.1"'));
    expect(file.source).toBe('eudamed');
    expect(file.records).toMatchObject(expected);
  }
});

test.skipIf(isAbsent)('EUDAMED records in the trade-item form: risk class, EMDN, Basic UDI-DI', () => {
  const files = readdirSync(join(vectors, 'eudamed/firstbase-records')).map((name) => read(sample(`eudamed/firstbase-records/${name}`)));
  expect(files.flatMap((f) => f.records)).toMatchObject([
    {
      di: '08800042702694',
      nameEn: 'ArtiSential Graspers',
      catalogueNo: '5AUF01-LV',
      holderName: 'LivsMed Inc.',
      euRiskClass: 'IIa',
      emdnCode: 'K01020104',
      basicUdiDi: '88000427GraspersJ8',
      isSingleUse: true,
      isSterile: null,
      hasLot: true,
    },
    {
      di: '05708012001149',
      nameEn: 'SatinSheet',
      model: 'Positioning Horizontal',
      catalogueNo: 'IM4115S',
      euRiskClass: 'I',
      emdnCode: 'Y122799',
      isSingleUse: false,
      isSterile: false,
      hasSerial: true,
    },
  ]);
});

test('entities, document types, foreign files and empty answers are refused with their reason', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><udid><device><zxxsdycpbs>&a;</zxxsdycpbs></device></udid>';
  const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><udid>&a;</udid>';
  expect(codeOf(() => read(bomb))).toBe('catalogue/device-file-has-document-type');
  expect(codeOf(() => read(outside))).toBe('catalogue/device-file-has-document-type');
  expect(codeOf(() => read(`<udid>${'<a>'.repeat(60)}${'</a>'.repeat(60)}</udid>`))).toBe('catalogue/device-file-too-complex');
  expect(codeOf(() => read('<invoice/>'))).toBe('catalogue/device-file-unknown');
  expect(codeOf(() => read('{"error": {"code": "NOT_FOUND"}}'))).toBe('catalogue/device-file-unknown');
  expect(codeOf(() => read('not a file'))).toBe('catalogue/device-file-unknown');
  expect(codeOf(() => read(new Uint8Array([0xff, 0xfe, 0x00])))).toBe('catalogue/device-file-unknown');
});

test('a record without an identifier is named, the others are read', () => {
  const file = read(
    '<udid><devices><device><zxxsdycpbs>06972253600013</zxxsdycpbs></device><device><zxxsdycpbs/><cpmctymc>无标识</cpmctymc></device></devices></udid>',
  );
  expect([file.records.length, file.unreadable]).toEqual([1, [{ row: 2, problem: 'no-identifier' }]]);
});
