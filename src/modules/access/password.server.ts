import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// OWASP password storage: Argon2id with 19 MiB, two passes, one lane. The library's default algorithm is Argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost);

let decoy: Promise<string> | undefined;

/**
 * Whether a password is right. Where there is no hash (unknown login) a decoy is checked, so that the answer takes as long as for a
 * known one.
 */
export async function isPasswordRight(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash('no account has this', cost);
  const isRight = await verify(passwordHash ?? (await decoy), password.normalize('NFC'));
  return isRight && Boolean(passwordHash);
}

const signs = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password nobody chose: four groups of five signs without look-alikes, 99 bits. */
export const randomPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')).join('-');
