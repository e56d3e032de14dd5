/**
 * What people type or paste as an amount, turned into the exact decimal string the API takes; `null` when it is no number.
 * Understands thousands separators, full-width digits, currency signs, accounting brackets and a trailing minus.
 */
export function normaliseDecimal(input: string): string | null {
  let s = toHalfWidth(input).trim();
  if (s === '') return null;
  let isNegative = false;
  const bracketed = /^\((.+)\)$/.exec(s);
  if (bracketed) {
    isNegative = true;
    s = bracketed[1] ?? '';
  }
  s = s.replace(/^[¥$€£]\s*|\s*(元|CNY|RMB|USD|EUR|HKD)$/giu, '').replace(/^(CNY|RMB|USD|EUR|HKD)\s*/iu, '');
  s = s.replace(/[\s\u00a0\u202f_']/g, '');
  const sign = /^([-+−–])?(.*?)(-)?$/.exec(s);
  if (sign?.[1] && sign[1] !== '+') isNegative = !isNegative;
  if (sign?.[3]) isNegative = !isNegative;
  const digits = withoutGrouping(sign?.[2] ?? '');
  if (digits === null) return null;
  return canonical(digits, isNegative);
}

const toHalfWidth = (s: string): string =>
  s.replace(/[０-９．，＋－（）￥]/g, (c) => {
    if (c === '￥') return '¥';
    return String.fromCharCode(c.charCodeAt(0) - 0xfee0);
  });

/** `1,234,567.5` → `1234567.5`. A comma that is no grouping comma is refused: guessing `1,5` would turn 1.5 into 15. */
function withoutGrouping(s: string): string | null {
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(s)) return s.replaceAll(',', '');
  return /^(\d+\.?\d*|\.\d+)$/.test(s) ? s : null;
}

function canonical(digits: string, isNegative: boolean): string {
  const [whole = '', fraction = ''] = digits.split('.');
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  const value = fraction ? `${integer}.${fraction}` : integer;
  return isNegative && /[1-9]/.test(value) ? `-${value}` : value;
}

/** Whether a text is an exact decimal as the API takes it. */
export const isDecimal = (value: unknown): value is string => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);

/** The exact sum of decimal strings; whatever is no decimal counts as nothing. */
export function sumDecimals(values: readonly unknown[]): string {
  const decimals = values.filter(isDecimal);
  const scale = Math.max(0, ...decimals.map((v) => v.split('.')[1]?.length ?? 0));
  let total = 0n;
  for (const value of decimals) {
    const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
    const units = BigInt(whole + fraction.padEnd(scale, '0'));
    total += value.startsWith('-') ? -units : units;
  }
  const isNegative = total < 0n;
  const digits = String(isNegative ? -total : total).padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return isNegative ? `-${text}` : text;
}
