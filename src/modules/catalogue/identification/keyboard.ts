/** What keys give on other keyboards than the American one a scanner imitates, and what was meant. */

const pair = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map(Array.from(from, (sign, i): [string, string] => [sign, Array.from(to)[i] as string]));

const german = pair('zyZYß-_?=)(/&+*üöäÄÖÜ#\';:°§"<>', 'yzYZ-/?_)(*&^]}[;\'":{\\|<>~#@\u0000\u0000');
const french = pair('&é"\'(-è_çà)°qwazQWAZmM,?;.:/!§ù%$£*µ²1234567890', '1234567890-_azqwAZQW;:mM,<.>/?\'"]}\\|`!@#$%^&*()');

const typed = (map: ReadonlyMap<string, string>, text: string): string =>
  Array.from(text, (sign) => map.get(sign) ?? sign)
    .join('')
    .replaceAll('\u0000', '');

/** Text from a German keyboard as the scanner meant it. */
export const fromGerman = (text: string): string => typed(german, text);
/** Text from a French keyboard as the scanner meant it. */
export const fromFrench = (text: string): string => typed(french, text);

/** Letters as they come out while Caps Lock is on. */
export const swapCase = (text: string): string =>
  Array.from(text, (sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join('');

// A Chinese input method turns punctuation into its own.
const chinese = pair('】【（）。、，；：￥·！？“”‘’《》—…', '][().\\,;:$`!?""\'\'<>-^');

/** Full-width letters and digits, Chinese punctuation and look-alike dashes as the plain signs of a label. */
export const toHalfWidth = (text: string): string =>
  typed(chinese, text)
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u3000\u00a0]/g, ' ');
