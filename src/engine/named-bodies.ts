/** Bodies as schemas declare them (`bodyName`): what names one of the municipality's is its id from the entrance on. */
import type * as z from 'zod';
import type { Register } from '../../machines/municipalities/addressees.ts';
import { bodyMeant } from '../../machines/municipalities/bodies.ts';
import { changedAt, markedIn } from './marked.ts';
import { once } from './once.ts';

/** What was stated for a schema, with each body by its id. */
export const withBodies = (
  schema: z.ZodObject,
  stated: unknown,
  bodiesOf: () => Pick<Register, 'bodies'>,
): unknown =>
  namesIn(schema).reduce(
    (value, { path }) =>
      changedAt(value, path, (it) => (typeof it === 'string' ? bodyMeant(it, bodiesOf()) : it)),
    stated,
  );

const namesIn = once((schema: z.ZodObject) => markedIn(schema, 'body'));
