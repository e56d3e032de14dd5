import { covers } from '#kernel/access/actor.ts';
import { expect, test } from 'vitest';
import { isGrantable, permissionCatalogue, regrant } from './permission-catalogue.ts';
import { access } from './module.ts';
import { standardRoles } from './standard-roles.ts';
import { organisation } from '#modules/organisation/module.ts';

const catalogue = ['finance.a', 'finance.b', 'sales.a', 'sales.b'].map((name) => ({ name }));

test('a wildcard stays while it covers nothing unwanted, else its permissions are named', () => {
  expect(regrant(['finance.*', 'sales.a'], new Set(['finance.a', 'finance.b', 'sales.b']), catalogue)).toEqual(['finance.*', 'sales.b']);
  expect(regrant(['finance.*'], new Set(['finance.a', 'sales.a']), catalogue)).toEqual(['finance.a', 'sales.a']);
  expect(regrant(['*'], new Set(['finance.a']), catalogue)).toEqual(['finance.a']);
  expect(regrant(['gone.*', 'sales.a'], new Set(['sales.a']), catalogue)).toEqual(['sales.a']);
});

test('only permissions there are, and wildcards, can be granted', () => {
  const known = new Set(['finance.a']);
  expect(['finance.a', '*', '*.view', 'finance.*', 'finance.journal-voucher.*'].every((name) => isGrantable(name, known))).toBe(true);
  expect(['finance.c', 'finance.*.post', '*.post', 'Finance.*', ''].some((name) => isGrantable(name, known))).toBe(false);
});

test('every action and view of every record is in the catalogue, once, with words in both languages', () => {
  const all = permissionCatalogue([organisation, access]);
  expect(new Set(all.map((p) => p.name)).size).toBe(all.length);
  expect(all.map((p) => p.name)).toEqual(
    expect.arrayContaining(['organisation.legal-entity.view', 'access.user.deactivate', 'access.permission.grant']),
  );
  expect(all.every((p) => p.label.zh && p.label.en && p.group.zh && p.group.en)).toBe(true);
});

test('the delivered administrator administers and does nothing else; the auditor reads everything and changes nothing', () => {
  const names = [...permissionCatalogue([organisation, access]).map((p) => p.name), 'finance.voucher.view', 'finance.voucher.post'];
  const roles = new Map(standardRoles(names).map((r) => [r.code, r.permissions]));
  expect(roles.get('administrator')).toEqual(expect.arrayContaining(['access.*', 'organisation.*']));
  expect(roles.get('administrator')?.some((p) => p.startsWith('finance') || p === '*')).toBe(false);
  const auditorHolds = (name: string) => roles.get('auditor')?.some((granted) => covers(granted, name));
  expect(auditorHolds('finance.voucher.view')).toBe(true);
  expect(auditorHolds('finance.voucher.post')).toBe(false);
});
