import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUscc, usccCheckSign } from './uscc.ts';

test.each(['91350100M000100Y43', '91110000802100433B', '91440300708461136T'])('the published code %s holds', (code) => {
  expect(isUscc(code)).toBe(true);
});

test.each(['91350100M000100Y44', '91350100M000100Y4', '91350100M000100I43', '91350100m000100y43', '', '9135010OM000100Y43'])(
  'the code "%s" is refused',
  (code) => {
    expect(isUscc(code)).toBe(false);
  },
);

test('any single wrong sign is found', () => {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const code = '91350100M000100Y43';
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.constantFrom(...signs), (at, sign) => {
      fc.pre(code[at] !== sign);
      const changed = code.slice(0, at) + sign + code.slice(at + 1);
      expect(usccCheckSign(changed.slice(0, 17))).not.toBe(code[17]);
    }),
  );
});
