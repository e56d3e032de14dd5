import { type LocalText, text } from '#kernel/i18n/text.ts';
import { julianDay, type PrintedDate } from './calendar.ts';

/** What a structure of ISBT 128 means to a trader. */
export type IsbtRole = 'di' | 'serial' | 'lot' | 'expiry' | 'production' | 'other';

interface Structure {
  readonly identifier: string;
  readonly label: LocalText;
  readonly role: IsbtRole;
  /** The data behind the identifier; the variable one ends before the next structure. */
  readonly data: RegExp;
}

const structure = (identifier: string, role: IsbtRole, data: RegExp, label: LocalText): Structure => ({ identifier, label, role, data });

// Upper and lower case are different structures and different values: nothing here folds case.
const structures: readonly Structure[] = [
  structure('=/', 'di', /^[A-Z0-9]{16}/, text('器械标识（处理产品标识码）', 'Device identifier (processor product code)')),
  structure(
    '=)',
    'di',
    /^[A-Za-z0-9]{10}/,
    text('器械标识（血袋厂商与货号）', 'Device identifier (container manufacturer and catalogue number)'),
  ),
  structure('=,', 'serial', /^[A-Za-z0-9]{6}/, text('序列号', 'Serial number')),
  structure('&,1', 'lot', /^[A-Za-z0-9]{1,18}/, text('批号', 'Lot')),
  structure('&)', 'lot', /^[A-Za-z0-9]{10}/, text('血袋批号', 'Lot of the container')),
  structure('=>', 'expiry', /^\d{6}/, text('有效期至', 'Expiry date')),
  structure('&>', 'expiry', /^\d{10}/, text('有效期至（含时刻）', 'Expiry date and time')),
  structure('=}', 'production', /^\d{6}/, text('生产日期', 'Production date')),
  structure('&}', 'production', /^\d{10}/, text('生产日期（含时刻）', 'Production date and time')),
  structure('=<', 'other', /^[A-Za-z0-9]{8}/, text('产品代码', 'Product code')),
  structure('=%', 'other', /^[A-Za-z0-9]{4}/, text('血型', 'Blood group')),
  structure('=+', 'other', /^\d{5}/, text('复合信息头', 'Compound message')),
  structure('=', 'other', /^[A-NP-Z1-9][A-Z0-9]{4}\d{8}([A-Za-z0-9]{2})?(?=[=&]|$)/, text('捐献识别号', 'Donation identification number')),
];

export interface IsbtPart {
  readonly identifier: string;
  readonly label: LocalText;
  readonly role: IsbtRole;
  readonly value: string;
  readonly date?: PrintedDate;
}

/** `cYYJJJ` with the last digit of the century first (0 = 20xx, 9 = 19xx), `HHMM` behind it where the structure has a time. */
function isbtDate(digits: string): PrintedDate | undefined {
  const century = digits[0] === '9' ? 1900 : 2000 + Number(digits[0]) * 100;
  const date = digits.slice(3, 6) === '000' ? undefined : julianDay(century + Number(digits.slice(1, 3)), Number(digits.slice(3, 6)));
  const [hour, minute] = [digits.slice(6, 8), digits.slice(8, 10)];
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return { date, precision: 'day', ...(hour === '' ? {} : { time: `${hour}:${minute}` }) };
}

/** Reads ISBT 128 structures, one or a compound message; undefined where the text is none. */
export function parseIsbt(data: string): readonly IsbtPart[] | undefined {
  const parts: IsbtPart[] = [];
  let rest = data;
  while (rest !== '') {
    const found = structures.find((s) => rest.startsWith(s.identifier) && s.data.test(rest.slice(s.identifier.length)));
    if (!found || parts.length >= 32) return undefined;
    const value = found.data.exec(rest.slice(found.identifier.length))?.[0] as string;
    const isDate = found.role === 'expiry' || found.role === 'production';
    const date = isDate ? isbtDate(value) : undefined;
    if (isDate && !date) return undefined;
    const { identifier, label, role } = found;
    parts.push({ identifier, label, role, value, ...(date ? { date } : {}) });
    rest = rest.slice(identifier.length + value.length);
  }
  return parts.length === 0 ? undefined : parts;
}
