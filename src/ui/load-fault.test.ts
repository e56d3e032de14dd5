import { describe, expect, test } from 'vitest';
import { entryScript, isLoadFault } from './load-fault.ts';

describe('a page that outlived an update', () => {
  test('is known by what browsers say of a script that is gone', () => {
    expect(isLoadFault(new TypeError('Failed to fetch dynamically imported module: http://h/assets/a.js'))).toBe(true);
    expect(isLoadFault(new TypeError('error loading dynamically imported module'))).toBe(true);
    expect(isLoadFault(new TypeError('Importing a module script failed.'))).toBe(true);
    expect(isLoadFault(new Error('Unable to preload CSS for /assets/a.css'))).toBe(true);
  });

  test('is not mistaken for a fault of the program or a lost answer', () => {
    expect(isLoadFault(new TypeError('Failed to fetch'))).toBe(false);
    expect(isLoadFault(new TypeError('x is not a function'))).toBe(false);
    expect(isLoadFault('Importing a module script failed.')).toBe(false);
  });

  test('the entry page says which scripts hold now', () => {
    expect(entryScript('<script type="module" crossorigin src="/assets/index-B1x.js"></script>')).toBe('/assets/index-B1x.js');
    expect(entryScript('<html></html>')).toBeUndefined();
  });
});
