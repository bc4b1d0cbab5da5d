/** The rules of the engine once more, on the other database. */
import { describe } from 'vitest';
import { openElsewhere } from '../fixtures/engine.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();

describe.runIf(postgres)('the engine on PostgreSQL:', async () => {
  if (!postgres) return;
  openElsewhere(postgres.create);
  await import('./group.test.ts');
  await import('./retention.test.ts');
});
