import { expect, test } from 'vitest';
import { parseRegistrationNo, registrationFindings } from './registration-number.ts';
import { registration } from './registration.ts';

const context = {
  actor: { id: 'usr_1', name: '测试' },
  today: '2026-11-22',
  occurredOn: '2026-11-22',
  functionalCurrency: 'CNY',
  reason: null,
};
const sound = { registrationNo: '国械注准20193030166', deviceClass: 'III', validFrom: '2024-03-12', validTo: '2029-03-11' };
const codesOf = (values: object): string[] => {
  const answer = registration.actions['create']?.refuse?.({ ...sound, ...values } as never, {}, context);
  return ((answer ?? []) as readonly { code: string }[]).map((r) => r.code);
};

test.each([
  [
    '国械注准20193030166',
    { format: 'registration', place: '国', form: 'domestic', year: 2019, deviceClass: 'III', group: '03', serial: '0166' },
  ],
  [
    '鄂械注准20252185501',
    { format: 'registration', place: '鄂', form: 'domestic', year: 2025, deviceClass: 'II', group: '18', serial: '5501' },
  ],
  [
    '国械注进20163160528',
    { format: 'registration', place: '国', form: 'imported', year: 2016, deviceClass: 'III', group: '16', serial: '0528' },
  ],
  [
    '国械注许20182060012',
    { format: 'registration', place: '国', form: 'hongKongMacauTaiwan', year: 2018, deviceClass: 'II', group: '06', serial: '0012' },
  ],
  ['粤潮械备20140023', { format: 'filing', place: '粤潮', form: 'domestic', year: 2014, deviceClass: 'I', serial: '0023' }],
  ['国械备20180345', { format: 'filing', place: '国', form: 'imported', year: 2018, deviceClass: 'I', serial: '0345' }],
  ['国食药监械（准）字2013第3770001号', { format: 'legacy', year: 2013, deviceClass: 'III', group: '77' }],
  ['ABC-1', { format: 'legacy', year: null, deviceClass: null, group: null }],
])('%s is read by the grammar of its time', (no, parsed) => {
  expect(parseRegistrationNo(no)).toEqual(parsed);
});

test('the group in the number may follow either catalogue; only one that fits neither is pointed out', () => {
  const both = { classCode2002: '6877', classCode2017: '03-13-06' };
  expect(registrationFindings('国械注准20193030166', both)).toEqual([]);
  expect(registrationFindings('国械注准20143770166', both)).toEqual([]);
  expect(registrationFindings('国械注准20193130166', both)).toEqual(['groupDiffers']);
  expect(registrationFindings('国械注准20193130166', { classCode2002: null, classCode2017: null })).toEqual([]);
});

test('a province cannot register class III, the centre no domestic class II, and legacy numbers are marked', () => {
  const none = { classCode2002: null, classCode2017: null };
  expect(registrationFindings('沪械注准20193030166', none)).toEqual(['placeUnexpected']);
  expect(registrationFindings('国械注准20192030166', none)).toEqual(['placeUnexpected']);
  expect(registrationFindings('国械注进20192030166', none)).toEqual([]);
  expect(registrationFindings('国食药监械(准)字2013第3770001号', none)).toEqual(['legacyNumber']);
});

test('a number that says another class is refused; so are an end before the start and a registration without end', () => {
  expect(codesOf({})).toEqual([]);
  expect(codesOf({ deviceClass: 'II' })).toEqual(['catalogue/registration-class-differs']);
  expect(codesOf({ validTo: '2020-01-01' })).toEqual(['catalogue/registration-ends-before-start']);
  expect(codesOf({ validTo: null })).toEqual(['catalogue/registration-needs-end']);
  expect(codesOf({ registrationNo: '粤潮械备20140023', deviceClass: 'I', validTo: null })).toEqual([]);
});
