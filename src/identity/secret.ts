/** Secrets that open a door: made here, shown once, and kept only as their hash. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, which nobody guesses: a plain hash of such a secret gives nothing away. */
export const newSecret = (prefix = ''): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** SHA-256 in hexadecimal. What is looked up by it cannot be told apart by how long the looking takes. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
