/**
 * How secrets lie in the database. A secret that signs or verifies must be readable, so it cannot be hashed. Where the
 * environment gives a key (`SECRETS_KEY`) it is sealed with it (AES-256-GCM): whoever has the database without the
 * key has no secret. Without a key the demonstration stores it as it is; a server for real matters takes none.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from '../engine/refusal.ts';

export interface Sealing {
  /**
   * @param of whose secret it is: a sealed text that is moved to another row does not open.
   * @throws Refusal `forbidden` where there is no key and nothing may be stored without.
   */
  seal(secret: string, of: string): string;
  /** @throws Error when the key is missing or another, or the text was changed or moved. */
  open(sealed: string, of: string): string;
}

const SEALED = 'sealed:';
const OPEN = 'open:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param key 32 bytes, or null to store secrets as they are; what was stored so can be read with a key, too.
 * @param onlySealed whether nothing may be stored as it is.
 */
export function sealingWith(key: Uint8Array | null, { onlySealed = false } = {}): Sealing {
  return {
    seal: (secret, of) => {
      if (key) return SEALED + sealed(key, secret, of);
      if (onlySealed) throw new Refusal('forbidden', keyless);
      return OPEN + secret;
    },
    open: (text, of) => {
      if (text.startsWith(OPEN)) return text.slice(OPEN.length);
      if (!key)
        throw new Error('a secret is sealed with a key that the environment does not give (SECRETS_KEY)');
      return opened(key, Buffer.from(text.slice(SEALED.length), 'base64'), of);
    },
  };
}

const keyless = {
  sv: 'Servern saknar den nyckel som hemligheter förseglas med. Den som driver servern anger SECRETS_KEY.',
  en: 'The server lacks the key that secrets are sealed with. Whoever runs the server states SECRETS_KEY.',
};

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
