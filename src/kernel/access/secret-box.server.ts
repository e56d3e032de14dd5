import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts small secrets with a key that is not in the database (AES-256-GCM); `purpose` is bound to the value. */
export interface SecretBox {
  seal(purpose: string, plain: string): string;
  /** Undefined where the value was changed, made for another purpose or with another key. */
  open(purpose: string, sealed: string): string | undefined;
}

/** A random token for cookies, keys and links: 256 bits, base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Tokens are stored by this hash only; they are random, so a plain hash is enough. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

function readOrMakeKey(dataDir: string): Buffer {
  const path = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  try {
    // `wx`: of two processes starting at once, one makes the key and the other reads it.
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`${path} is not a key of ${KEY_BYTES} bytes: restore it from the backup of the data folder`);
  return key;
}

export function makeSecretBox(key: Buffer): SecretBox {
  return {
    seal(purpose, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

const boxes = new Map<string, SecretBox>();

/** The box of an installation; its key is `secret.key` in the data folder, made at first need, shared by all its processes. */
export function secretBox(dataDir: string): SecretBox {
  const known = boxes.get(dataDir);
  if (known) return known;
  const box = makeSecretBox(readOrMakeKey(dataDir));
  boxes.set(dataDir, box);
  return box;
}
