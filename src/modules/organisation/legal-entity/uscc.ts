// GB 32100-2015: 31 signs without I, O, S, V, Z; the last one checks the seventeen before it with powers of three modulo 31.
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check sign of a unified social credit code's first 17 signs, or undefined where one of them is not allowed. */
export function usccCheckSign(first17: string): string | undefined {
  if (first17.length !== 17) return undefined;
  let sum = 0;
  let weight = 1;
  for (const sign of first17) {
    const value = signs.indexOf(sign);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return signs[(31 - (sum % 31)) % 31];
}

/** Whether a unified social credit code (统一社会信用代码) is well formed and its check sign holds. */
export const isUscc = (code: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code) && usccCheckSign(code.slice(0, 17)) === code[17];
