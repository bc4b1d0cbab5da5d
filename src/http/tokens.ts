/** The tokens by which other systems speak for themselves: what there are, a new one, and how one is revoked. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { parseFields } from '../engine/parse.ts';
import { NewToken } from '../identity/tokens.ts';
import type { Services } from '../services.ts';
import { jsonOf } from './body.ts';
import { authorOf, type Env } from './context.ts';
import { answer, bodyOf, problems, told } from './describe.ts';
import { noParameters } from './query.ts';
import { instant, listOf } from './schemas.ts';

export function tokens({ tokens, log }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, async (c) => c.json({ items: await tokens.list(authorOf(c)) }, 200));
  api.openapi(createTokenRoute, async (c) => {
    const asked = parseFields(NewToken, await jsonOf(c)) as NewToken;
    const { secret, token } = await tokens.create(asked, authorOf(c));
    log.info({ by: c.get('identity').id, token: token.id }, 'a token was made');
    return c.json({ ...token, secret }, 201);
  });
  api.openapi(revokeRoute, async (c) => {
    const revoked = await tokens.revoke(c.req.valid('param').id, authorOf(c));
    log.info({ by: c.get('identity').id, token: revoked.id }, 'a token was revoked');
    return c.json(revoked, 200);
  });
  return api;
}

const Grant = z.object({
  tenant: z.string(),
  roles: listOf(z.string()),
  bodies: z.union([z.literal('all'), listOf(z.string())]),
  events: listOf(z.string()).optional(),
  confidential: z.boolean(),
});

const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    grant: Grant,
    createdBy: z.string(),
    createdAt: instant,
    endsAt: instant,
    revokedAt: instant.nullable(),
    usedAt: instant.nullable(),
  })
  .openapi('Token');

const Tokens = z.object({ items: listOf(Token) }).openapi('Tokens');
const MadeToken = z.object({ ...Token.shape, secret: z.string() }).openapi('MadeToken');

const token: z.input<typeof Token> = {
  id: '7d3c2f1e-9a4b-4c8d-8e6f-5a0b1c2d3e4f',
  name: 'E-signering',
  grant: {
    tenant: 'huddinge',
    roles: ['integration'],
    bodies: ['ks'],
    events: ['minutes.approve'],
    confidential: false,
  },
  createdBy: 'Ada Administratör',
  createdAt: '2026-11-20T09:00:00.000Z',
  endsAt: '2027-02-18T09:00:00.000Z',
  revokedAt: null,
  usedAt: null,
};

/** Shaped as a token is, and none. */
const secret = `ag_${'example'.repeat(6)}x`;

const newToken: z.input<typeof NewToken> = {
  name: token.name,
  tenant: 'huddinge',
  roles: ['integration'],
  bodies: ['ks'],
  events: ['minutes.approve'],
  days: 90,
};

const tag = 'tokens';

const listRoute = createRoute({
  method: 'get',
  path: '/tokens',
  ...told(
    'listTokens',
    tag,
    { sv: 'Nycklar', en: 'Tokens' },
    {
      sv: 'Nycklarna i de kommuner som den som frågar administrerar, den nyaste först. Själva nyckeln visas aldrig igen.',
      en: 'The tokens of the municipalities that whoever asks administers, the newest first. The token itself is never shown again.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Tokens, { items: [token] }, { sv: 'Nycklar.', en: 'Tokens.' }),
    ...problems('malformed'),
  },
});

const createTokenRoute = createRoute({
  method: 'post',
  path: '/tokens',
  ...told(
    'createToken',
    tag,
    { sv: 'Utfärda en nyckel', en: 'Issue a token' },
    {
      sv: 'Administratören utfärdar en nyckel som gäller i en kommun, för vissa roller, organ och händelser, i så många dagar. Den får inte kunna mer än den som utfärdar den, och visas bara i det här svaret: sänds begäran igen blir det en ny nyckel.',
      en: 'The administrator issues a token for one municipality, for some roles, bodies and events, for so many days. It may not do more than whoever issues it, and is shown in this answer only: the request sent again makes another token.',
    },
  ),
  request: { body: bodyOf('NewToken', { example: newToken }) },
  responses: {
    201: answer(MadeToken, { ...token, secret }, { sv: 'Nyckeln.', en: 'The token.' }),
    ...problems('malformed', 'forbidden', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});

const revokeRoute = createRoute({
  method: 'post',
  path: '/tokens/{id}/revocation',
  ...told(
    'revokeToken',
    tag,
    { sv: 'Återkalla en nyckel', en: 'Revoke a token' },
    {
      sv: 'Nyckeln öppnar ingenting från nästa begäran, och inte heller de nycklar som utfärdats med den.',
      en: 'The token opens nothing from the next request on, and nor do the tokens that were issued by it.',
    },
  ),
  request: { params: z.object({ id: z.string().openapi({ example: token.id }) }) },
  responses: {
    200: answer(
      Token,
      { ...token, revokedAt: '2026-12-01T09:00:00.000Z' },
      { sv: 'Återkallad.', en: 'Revoked.' },
    ),
    ...problems('malformed', 'notFound'),
  },
});
