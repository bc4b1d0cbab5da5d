/** Signatures that anyone can check and only we can make: Standard Webhooks `v1a` (ed25519). */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { assertSignable, type SignedMessage } from './signature.ts';

/** What stands before the 32 bytes of a key where they are written as PKCS 8 and as SPKI (RFC 8410). */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');

/** A new private key: `whsk_` and 32 bytes in base64. */
export const newSigningKey = (): string => `whsk_${randomBytes(32).toString('base64')}`;

/** The public key of a private one, which whoever receives may know: `whpk_` and 32 bytes in base64. */
export function publicKeyOf(signingKey: string): string {
  const der = createPublicKey(privateKey(signingKey)).export({ format: 'der', type: 'spki' });
  return `whpk_${der.subarray(PUBLIC.length).toString('base64')}`;
}

/**
 * The signature `v1a,<base64>` of a message (Standard Webhooks 1.0.0: ed25519 over `id.timestamp.body`).
 * @throws RangeError for a wrong id, timestamp or key; it never names the key.
 */
export function signWithKey(message: SignedMessage, signingKey: string): string {
  return `v1a,${sign(null, signedBytes(message), privateKey(signingKey)).toString('base64')}`;
}

const privateKey = (signingKey: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PRIVATE, bytesOf(signingKey, 'whsk_')]),
    format: 'der',
    type: 'pkcs8',
  });

function bytesOf(key: string, prefix: string): Buffer {
  const bytes = Buffer.from(key.slice(prefix.length), 'base64');
  if (!key.startsWith(prefix) || bytes.length !== 32)
    throw new RangeError(`A key of a webhook is ${prefix} and 32 bytes in base64`);
  return bytes;
}

function signedBytes(message: SignedMessage): Buffer {
  assertSignable(message);
  const { id, timestamp, body } = message;
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
}
