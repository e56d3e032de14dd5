import { expect, test } from 'vitest';
import { passwordProblem } from './password-policy.ts';

const person = { login: 'zhou.min', name: 'Zhou Min' };

test.each(['copper lantern viola', '我的仓库里有二十七只蓝色的箱子', 'tR4vel-Ocean-88-mint', 'gxkqw-7hm2p-zzrtb-4ndvc'])(
  '“%s” is accepted',
  (password) => {
    expect(passwordProblem(password, person)).toBeUndefined();
  },
);

test.each([
  ['short one', 'short'],
  ['aaaaaaaaaaaa', 'few signs'],
  ['123456789012', 'a run'],
  ['password1234', 'a common word'],
  ['Password2026!', 'a common word with a year'],
  ['qwertyuiop12', 'a keyboard row'],
  ['abcdefghijkl', 'the alphabet'],
  ['MedTrade2026', 'the product'],
  ['zhou.min1234', 'the login'],
  ['woaini520131', 'a common phrase'],
  ['x'.repeat(129), 'too long'],
])('“%s” is refused: %s', (password) => {
  expect(passwordProblem(password, person)).toBeDefined();
});
