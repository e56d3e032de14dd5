import { beforeAll, describe, expect, test } from 'vitest';
import { runBulkCreate } from '#kernel/command/bulk.server.ts';
import { systemScope } from '#kernel/db/database.server.ts';
import { everythingWith, refusalCodes, stage, type Stage, type StagePerson } from '#kernel/test/stage.server.ts';
import { organisationServer } from '#modules/organisation/module.server.ts';
import { findByDi } from '../identification/find-by-di.server.ts';
import { catalogueServer } from '../module.server.ts';
import { product } from './product.ts';

let here: Stage;
let quality: StagePerson;

beforeAll(async () => {
  here = await stage([organisationServer(() => here.product), catalogueServer(() => here.product)]);
  quality = here.person(...everythingWith(product));
});

const article = (code: string, more: object = {}) => ({
  code,
  nameZh: '导管',
  nameEn: 'Catheter',
  deviceClass: 'III',
  baseUnit: '根',
  registrationNo: '国械注准20193030166',
  identifierPolicy: 'lot',
  isExpiryTracked: true,
  isImplant: false,
  isSterile: true,
  isColdChain: false,
  ...more,
});
const pack = (di: string, more: object = {}) => ({ level: 'base', di, issuingAgency: 'gs1', quantityPerBase: '1', ...more });
const codesOf = (content: unknown) => refusalCodes(quality.create(product, content));

describe('identifiers of a product', () => {
  test('every package level is found by its identifier, GTINs of any length', async () => {
    await quality.create(
      product,
      article('CAT-1', {
        lines: {
          packages: [pack('9506000134352'), pack('19506000134359', { level: 'case', quantityPerBase: '40', containedDi: '9506000134352' })],
        },
      }),
    );
    const found = await here.system.db.read(systemScope, (tx) => findByDi(tx, ['09506000134352', '19506000134359', '00000000']));
    expect(found.map((f) => [f.code, f.di, f.level, f.quantityPerBase])).toEqual([
      ['CAT-1', '09506000134352', 'base', '1'],
      ['CAT-1', '19506000134359', 'case', '40'],
    ]);
  });

  test('a wrong check digit, a repeated identifier and a package that holds itself are refused', async () => {
    expect(await codesOf(article('CAT-2', { lines: { packages: [pack('9506000134353')] } }))).toEqual(['catalogue/identifier-wrong']);
    expect(await codesOf(article('CAT-2', { lines: { packages: [pack('96385074'), pack('96385074')] } }))).toEqual([
      'catalogue/identifier-repeated',
    ]);
    expect(await codesOf(article('CAT-2', { lines: { packages: [pack('96385074', { containedDi: '96385074' })] } }))).toEqual([
      'catalogue/package-holds-itself',
    ]);
    expect(await codesOf(article('CAT-2', { lines: { packages: [pack('96385074', { quantityPerBase: '0' })] } }))).toEqual([
      'catalogue/package-holds-nothing',
    ]);
  });

  test('one identifier under two registrations is refused until quality resolves it (R-016)', async () => {
    const other = article('CAT-3', { registrationNo: '国械注准20203030999', lines: { packages: [pack('9506000134352')] } });
    expect(await codesOf(other)).toEqual(['catalogue/identifier-of-other']);
    expect(await codesOf({ ...other, registrationNo: '国械注准20193030166' })).toEqual([]);
  });

  test('the same holds inside one batch: the second of two is refused, the first is created', async () => {
    const rows = [
      article('CAT-4', { lines: { packages: [pack('614141000036')] } }),
      article('CAT-5', { registrationNo: '国械注准20203030999', lines: { packages: [pack('614141000036')] } }),
    ];
    const answer = await runBulkCreate(here.product, quality.context, product, rows, { idempotencyKey: 'batch', dryRun: false });
    expect([answer.created.length, answer.rowErrors.map((e) => [e.row, e.refusals[0]?.code])]).toEqual([
      1,
      [[1, 'catalogue/identifier-of-other']],
    ]);
  });
});

test('the class in the registration number must be the class of the product (R-008)', async () => {
  expect(await codesOf(article('CAT-6', { deviceClass: 'II' }))).toEqual(['catalogue/registration-class-differs']);
  expect(await codesOf(article('CAT-6', { deviceClass: 'II', registrationNo: '暂无' }))).toEqual([]);
});

test('a climate whose lowest temperature is above its highest is refused', async () => {
  expect(await codesOf(article('CAT-7', { storageMinC: '8', storageMaxC: '2' }))).toEqual(['catalogue/climate-reversed']);
  expect(await codesOf(article('CAT-7', { storageMinC: '-30', storageMaxC: '-15' }))).toEqual([]);
});
