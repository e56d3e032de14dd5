/** Remainder modulo 97 of signs read as base 36 (ISO 7064 MOD 97-10), digit by digit: the number itself would be too long. */
function modulo97(signs: string): number {
  let rest = 0;
  for (const sign of signs) {
    for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest;
}

/** Whether a legal entity identifier (ISO 17442) is well formed and its check digits hold. */
export const isLei = (lei: string): boolean => /^[0-9A-Z]{18}\d{2}$/.test(lei) && modulo97(lei) === 1;

/** Whether an account number looks like an IBAN (ISO 13616) and so owes its check digits. */
export const looksLikeIban = (account: string): boolean => /^[A-Z]{2}\d{2}/.test(account.replaceAll(' ', ''));

/** Whether the check digits of an IBAN hold; spaces are for the eye. */
export function isIban(account: string): boolean {
  const plain = account.replaceAll(' ', '');
  return /^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(plain) && modulo97(plain.slice(4) + plain.slice(0, 4)) === 1;
}
