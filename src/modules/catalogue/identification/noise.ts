import { type LocalText, text } from '#kernel/i18n/text.ts';
import { GS } from './gs1-element-string.ts';
import { fromFrench, fromGerman, swapCase, toHalfWidth } from './keyboard.ts';

/** A text to try, and what was put right to get it. */
export interface Attempt {
  readonly text: string;
  readonly repairs: readonly LocalText[];
}

const words = {
  invisible: text('去除了不可见字符', 'Invisible characters were taken out'),
  halfWidth: text('全角字符或中文标点已转换', 'Full-width or Chinese signs were turned into plain ones'),
  separator: text('「{sign}」按分隔符（GS）处理', '“{sign}” was read as the separator GS'),
  asterisks: text('去除了 39 码起止符 *', 'The start and stop signs * of Code 39 were taken off'),
  capsLock: text('大小写锁定（Caps Lock）已还原', 'Caps Lock was undone'),
  german: text('扫描枪按德语键盘输入，已还原', 'The scan came through a German keyboard and was turned back'),
  french: text('扫描枪按法语键盘输入，已还原', 'The scan came through a French keyboard and was turned back'),
  repeated: text('同一内容重复了 {times} 次，只取一次', 'The same content came {times} times and counts once'),
  before: text('忽略了编码之前的文字', 'Words before the code were left out'),
  spaces: text('去除了空格', 'Spaces were taken out'),
  upperCase: text('字母已转为大写', 'Letters were turned into capitals'),
  lostSpace: text('补回了末尾被截去的空格校验字符', 'The check character, a space at the end, was put back'),
} as const;
export const repairWords = words;

const repaired = (a: Attempt, changed: string, repair: LocalText): Attempt => ({ text: changed, repairs: [...a.repairs, repair] });
const say = (template: LocalText, sign: string): LocalText =>
  text(
    template.zh.replace(/\{\w+\}/, () => sign),
    template.en.replace(/\{\w+\}/, () => sign),
  );

/** Off comes what surely belongs to no code: byte order marks, zero-width signs, line ends, full-width forms. */
export function plainText(raw: string): Attempt {
  let a: Attempt = { text: raw, repairs: [] };
  // Line ends and tabs are the scanner's own "done"; nobody needs to hear of them.
  const ended = a.text.replace(/^[\r\n\t\u0002]+|[\r\n\t\u0003\u0004]+$/g, '');
  a = { ...a, text: ended };
  const visible = a.text.replace(/[\ufeff\u200b-\u200f\u2060\u00ad]/g, '');
  if (visible !== a.text) a = repaired(a, visible, words.invisible);
  const half = toHalfWidth(a.text);
  if (half !== a.text) a = repaired(a, half, words.halfWidth);
  return a;
}

/** Words that scanners and screens write for GS; nobody prints them into a lot number. */
const tokens = ['<GS>', '{GS}', '[GS]', '<FNC1>', '{FNC1}', '[FNC1]', '\\x1d', '\\x1D', '\\u001d', '\\u001D', '&#29;', '␝', '\\029'];
/** Signs no GS1 value can have: where they stand between elements, the scanner was set to send them for GS. */
const strangers = '~|^#$@`[]{}\\ \u001e\u001c\u00e8\u00f1';

/** Words for GS turned into it. */
export function tokensRestored(a: Attempt): Attempt[] {
  const token = tokens.find((t) => a.text.includes(t));
  return token === undefined ? [] : [repaired(a, a.text.replaceAll(token, GS), say(words.separator, token))];
}

/** The same text with what stands for GS turned into GS, one way for each sign it could be. */
export function separatorsRestored(a: Attempt): Attempt[] {
  const found: Attempt[] = [];
  const start = /^\][A-Za-z]\d/.test(a.text) ? 3 : 0;
  const body = a.text.slice(start);
  for (const sign of strangers) {
    if (body.includes(sign)) {
      found.push(
        repaired(a, a.text.slice(0, start) + body.replaceAll(sign, GS), say(words.separator, sign === ' ' ? '␠' : sign < ' ' ? '␞' : sign)),
      );
    }
  }
  return found;
}

/** A label scanned two or three times in one go. */
export function onceOnly(a: Attempt): Attempt | undefined {
  for (const times of [2, 3]) {
    const length = a.text.length / times;
    const once = a.text.slice(0, length);
    if (Number.isInteger(length) && length >= 8 && once.repeat(times) === a.text)
      return repaired(a, once, say(words.repeated, String(times)));
  }
  return undefined;
}

const german = /^(\+(C1|d[12]|Q[13]|e0|E[04]|J[01])|\)\d{2,4}=)/;
const french = /[éèçà]|^\$(C&|d[é&]|Q[&"]|eà|Eà|J[à&])/;

/** The same text as other keyboards would have meant it; only where its beginning gives the keyboard away. */
export function keyboardsUndone(a: Attempt): Attempt[] {
  const found: Attempt[] = [];
  if (german.test(a.text)) found.push(repaired(a, fromGerman(a.text), words.german));
  if (french.test(a.text)) found.push(repaired(a, fromFrench(a.text), words.french));
  // No scanner sends these identifiers; with Caps Lock on, `]d2` comes out so.
  if (/^\](c1|D[12]|q[13]|j[01])/.test(a.text)) found.push(repaired(a, swapCase(a.text), words.capsLock));
  return found;
}

/** Code 39 start and stop signs, words in front of a code. */
export function wrappingRemoved(a: Attempt): Attempt[] {
  const found: Attempt[] = [];
  const trimmed = a.text.trim();
  if (/^\*.{3,}\*$/s.test(trimmed)) found.push(repaired(a, trimmed.slice(1, -1), words.asterisks));
  if (trimmed !== a.text) found.push({ ...a, text: trimmed });
  const code = /^[^(]{1,40}?(\(\d{2,4}\).+)$|^[^:]{0,40}?\s((?:https?:\/\/|MA\.\d{3}\.).+)$/s.exec(trimmed);
  const inner = code?.[1] ?? code?.[2];
  if (inner !== undefined) found.push(repaired(a, inner, words.before));
  return found;
}
