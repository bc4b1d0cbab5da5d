/**
 * How secrets lie in the database. A secret that signs or verifies must be readable, so it cannot be hashed. Where the
 * environment gives a key (`SECRETS_KEY`) it is sealed with it (AES-256-GCM): whoever has the database without the
 * key has no secret. Without a key it is stored as it is, and the file itself has to be protected.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface Sealing {
  /** @param of whose secret it is: a sealed text that is moved to another row does not open. */
  seal(secret: string, of: string): string;
  /** @throws Error when the key is missing or another, or the text was changed or moved. */
  open(sealed: string, of: string): string;
}

const SEALED = 'sealed:';
const OPEN = 'open:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 bytes, or null to store secrets as they are; what was stored so can be read with a key, too. */
export function sealingWith(key: Uint8Array | null): Sealing {
  return {
    seal: (secret, of) => (key ? SEALED + sealed(key, secret, of) : OPEN + secret),
    open: (text, of) => {
      if (text.startsWith(OPEN)) return text.slice(OPEN.length);
      if (!key)
        throw new Error('a secret is sealed with a key that the environment does not give (SECRETS_KEY)');
      return opened(key, Buffer.from(text.slice(SEALED.length), 'base64'), of);
    },
  };
}

function sealed(key: Uint8Array, secret: string, of: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(of));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

function opened(key: Uint8Array, bytes: Buffer, of: string): string {
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(of))
    .setAuthTag(tag);
  try {
    return (
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch (cause) {
    throw new Error(`the secret of ${of} was sealed with another key, or changed`, { cause });
  }
}
