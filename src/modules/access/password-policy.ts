import { text, type LocalText } from '#kernel/i18n/text.ts';

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;

// Words that carry no strength because guessing lists begin with them; what is left of a password without them must still be long.
const commonWords = [
  'password',
  'passwort',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  'zxcvbn',
  'letmein',
  'welcome',
  'iloveyou',
  'dragon',
  'monkey',
  'football',
  'baseball',
  'superman',
  'batman',
  'princess',
  'sunshine',
  'shadow',
  'master',
  'trustno1',
  'changeme',
  'default',
  'secret',
  'admin',
  'administrator',
  'root',
  'test',
  'guest',
  'login',
  'user',
  'medtrade',
  'medical',
  'hospital',
  'company',
  'woaini',
  'wodemima',
  'mima',
  'zhongguo',
  'beijing',
  'shanghai',
  'guangzhou',
  'shenzhen',
  'nihao',
  'aini',
  'q1w2e3r4',
  '1q2w3e4r',
  '1qaz2wsx',
  'zaq12wsx',
  'qazwsx',
  'abc123',
  'aa123456',
  'a123456',
  '5201314',
  '1314520',
  '147258369',
  '159753',
  'january',
  'february',
  'march',
  'april',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
  'spring',
  'summer',
  'autumn',
  'winter',
].toSorted((a, b) => b.length - a.length);

const REST_LENGTH_MIN = 6;
const DISTINCT_MIN = 6;

/** The password without common words, years, runs like `1234` or `dcba` and repeated signs. */
function withoutPredictable(password: string, own: readonly string[]): string {
  let rest = password.toLowerCase();
  for (const word of [...own, ...commonWords]) rest = rest.replaceAll(word, '');
  rest = rest.replace(/(?:19|20)\d\d/g, '');
  let kept = '';
  for (let at = 0; at < rest.length; at += 1) {
    const step = rest.charCodeAt(at) - rest.charCodeAt(at - 1);
    if (at === 0 || Math.abs(step) > 1) kept += rest[at];
  }
  return kept;
}

/**
 * What is wrong with a new password, or undefined where it is good: at least twelve signs, not the person's own names, not a common
 * word with decoration. No rule about kinds of signs and no expiry, as NIST SP 800-63B and OWASP ASVS 2.1 advise.
 */
export function passwordProblem(password: string, person: { readonly login: string; readonly name: string }): LocalText | undefined {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH_MIN) return text('少于 12 个字符。', 'it has fewer than 12 characters.');
  if (length > PASSWORD_LENGTH_MAX) return text('多于 128 个字符。', 'it has more than 128 characters.');
  const own = [person.login, ...person.login.split(/[._@-]/), ...person.name.split(/\s+/)]
    .map((w) => w.toLowerCase())
    .filter((w) => w.length >= 3);
  if (own.some((w) => w.length >= 4 && password.toLowerCase().includes(w) && password.length - w.length < PASSWORD_LENGTH_MIN - 2)) {
    return text('包含您的登录名或姓名。', 'it contains your login or name.');
  }
  if (new Set(password).size < DISTINCT_MIN) return text('不同的字符太少。', 'it has too few different characters.');
  if (withoutPredictable(password, own).length < REST_LENGTH_MIN) {
    return text('由常见词、连续或重复的字符组成。', 'it is made of common words, sequences or repetitions.');
  }
  return undefined;
}
