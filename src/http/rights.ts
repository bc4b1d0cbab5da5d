/** The register of access rights: who was given which, by whom, and by which way. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { acts, kinds, ways } from '../engine/rights.ts';
import type { Services } from '../services.ts';
import { rightsChangesFor } from '../views/rights.ts';
import type { Env } from './context.ts';
import { answer, problems, told } from './describe.ts';
import { at } from './examples.ts';
import { paging } from './query.ts';
import { free, instant, listOf } from './schemas.ts';

export function rights({ source }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, async (c) => {
    const { grants } = c.get('identity');
    return c.json(await rightsChangesFor(source, grants, c.req.valid('query')), 200);
  });
  return api;
}

const RightsChange = z
  .object({
    number: z.int(),
    at: instant,
    by: z.object({ id: z.string(), name: z.string(), way: z.enum(ways) }),
    kind: z.enum(kinds),
    subject: z.string(),
    municipalities: listOf(z.string()).nullable(),
    act: z.enum(acts),
    before: free.nullable().openapi({ type: ['object', 'null'] }),
    after: free,
    prev: z.string(),
    hash: z.string(),
  })
  .openapi('RightsChange');

const RightsChanges = z.object({ items: listOf(RightsChange), total: z.int() }).openapi('RightsChanges');

const commission = { tenant: 'huddinge', roles: ['clerk'], bodies: ['ks', 'kf'], confidential: true };
const account = { name: 'Anna Sekreterare', grants: [commission], state: 'open', codeEndsAt: null };

const example: z.input<typeof RightsChange> = {
  number: 17,
  at,
  by: { id: 'local:ada', name: 'Ada Administratör', way: 'page' },
  kind: 'account',
  subject: 'anna.sekreterare',
  municipalities: ['huddinge'],
  act: 'changed',
  before: account,
  after: { ...account, grants: [{ ...commission, roles: ['registrar'], bodies: 'all' }] },
  prev: '4f1c0a6b7d2e9358a1b0c9d8e7f60514233241506f7e8d9cabb0c1d2e3f40516',
  hash: '9b2d4f6081a3c5e7f90b1d3f5a7c9e0b2d4f6081a3c5e7f90b1d3f5a7c9e0b2d',
};

const listRoute = createRoute({
  method: 'get',
  path: '/rights-changes',
  ...told(
    'listRightsChanges',
    'rights',
    { sv: 'Behörighetsregistret', en: 'The register of access rights' },
    {
      sv: 'Vem som har gett, ändrat och tagit tillbaka behörigheter för konton, nycklar, integrationer och prenumerationer, när och på vilken väg, det senaste först. För revisorer och administratörer, i de kommuner där de är det; det som rör alla kommuner visas för var och en av dem. `hash` är SHA-256 över radens kanoniska JSON (RFC 8785) utan `hash`. Vad ett konto får i andra kommuner utelämnas, och då går `hash` inte att räkna om.',
      en: 'Who gave, changed and took back access rights of accounts, tokens, integrations and subscriptions, when and by which way, the latest first. For auditors and administrators, in the municipalities where they are that; what concerns every municipality is shown to each of them. `hash` is SHA-256 over the canonical JSON (RFC 8785) of the row without `hash`. What an account may in other municipalities is left out, and then `hash` cannot be computed again.',
    },
  ),
  request: {
    query: z.strictObject({
      ...paging,
      municipality: z.string().optional(),
      kind: z.enum(kinds).optional(),
      subject: z.string().optional().openapi({ example: example.subject }),
    }),
  },
  responses: {
    200: answer(RightsChanges, { items: [example], total: 17 }, { sv: 'En sida.', en: 'A page.' }),
    ...problems('malformed', 'forbidden'),
  },
});
