import { describe, expect, test } from 'vitest';
import { readSettings } from './settings.server.ts';

describe('settings', () => {
  test('have sensible values where nothing is set, and empty means not set', () => {
    expect(readSettings({ PORT: '' })).toMatchObject({ host: '127.0.0.1', port: 4000, isDemo: true, databaseUrl: undefined });
  });

  test('do not load the demo company into a database of one’s own unless asked to', () => {
    const DATABASE_URL = 'postgres://erp@db/erp';
    expect(readSettings({ DATABASE_URL }).isDemo).toBe(false);
    expect(readSettings({ DATABASE_URL, MEDTRADE_DEMO: 'on' }).isDemo).toBe(true);
  });

  test('that cannot be understood are named, without their value', () => {
    expect(() => readSettings({ PORT: 'abc', DATABASE_URL: 'mysql://u:secret@h/d' })).toThrow(/PORT.*DATABASE_URL/);
    expect(() => readSettings({ DATABASE_URL: 'mysql://u:secret@h/d' })).not.toThrow(/secret/);
  });
});
