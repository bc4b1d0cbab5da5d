/** What there is to know before anything is sent: the API itself, the municipalities, the rules. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { rules } from '../../machines/law/rules.ts';
import type { Services } from '../services.ts';
import { desk } from '../views/desk.ts';
import { headOf } from '../views/head.ts';
import { type Env, sourceFor } from './context.ts';
import { answer, problems, told } from './describe.ts';
import { noParameters, paging } from './query.ts';
import * as examples from './reference-examples.ts';
import { ApiInfo, Desk, Head, Municipalities, Rules } from './reference-schemas.ts';

export function reference({ source: archive, municipalities }: Services) {
  const api = new OpenAPIHono<Env>();
  const ruleList = Object.entries(rules).map(([id, { cite, sv, en }]) => ({ id, cite, sv, en }));
  api.openapi(infoRoute, (c) => c.json(examples.apiInfo, 200));
  api.openapi(deskRoute, async (c) => {
    const { limit, page, municipality } = c.req.valid('query');
    const viewer = { grants: c.get('identity').grants, municipality };
    const source = sourceFor(c, archive);
    return c.json(await desk(source, viewer, { limit, offset: (page - 1) * limit }), 200);
  });
  api.openapi(headRoute, async (c) => c.json(await headOf(archive), 200));
  api.openapi(municipalitiesRoute, (c) => c.json({ items: municipalities }, 200));
  api.openapi(rulesRoute, (c) => c.json({ items: ruleList }, 200));
  return api;
}

const tag = 'reference';

export const infoRoute = createRoute({
  method: 'get',
  path: '/api-info',
  ...told(
    'readApiInfo',
    tag,
    { sv: 'Om API:et', en: 'About the API' },
    {
      sv: 'Namn, version och var beskrivningen finns. Öppet för alla.',
      en: 'Name, version, and where the description is. Open to everyone.',
    },
  ),
  security: [],
  responses: { 200: answer(ApiInfo, examples.apiInfo, { sv: 'Om API:et.', en: 'About the API.' }) },
});

export const deskRoute = createRoute({
  method: 'get',
  path: '/desk',
  ...told(
    'readDesk',
    tag,
    { sv: 'Skrivbordet', en: 'The desk' },
    {
      sv: 'Vad som väntar på den som frågar, det mest brådskande först, och vilka tider som löper.',
      en: 'What waits for whoever asks, the most urgent first, and the times that run.',
    },
  ),
  request: { query: z.strictObject({ ...paging, municipality: z.string().optional() }) },
  responses: {
    200: answer(Desk, examples.desk, { sv: 'Skrivbordet.', en: 'The desk.' }),
    ...problems('malformed'),
  },
});

export const headRoute = createRoute({
  method: 'get',
  path: '/head',
  ...told(
    'readHead',
    tag,
    { sv: 'Loggens huvud', en: 'The head of the log' },
    {
      sv: 'Det nyaste sigillet över hela databasens logg. Den som förvarar nummer och hash någon annanstans kan senare visa att ingenting dessförinnan har ändrats eller tagits bort: `arendegang verify --anchor 17:8c2f…`.',
      en: 'The newest seal over the log of the whole database. Whoever keeps its number and hash elsewhere can show later that nothing before it has been changed or removed: `arendegang verify --anchor 17:8c2f…`.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Head, examples.head, { sv: 'Huvudet.', en: 'The head.' }),
    ...problems('malformed'),
  },
});

const municipalitiesRoute = createRoute({
  method: 'get',
  path: '/municipalities',
  ...told(
    'listMunicipalities',
    tag,
    { sv: 'Kommuner', en: 'Municipalities' },
    {
      sv: 'Kommunerna med organ, mottagare och grupper.',
      en: 'The municipalities with their bodies, recipients and groups.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Municipalities, examples.municipalities, { sv: 'Kommuner.', en: 'Municipalities.' }),
    ...problems('malformed'),
  },
});

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  ...told(
    'listRules',
    tag,
    { sv: 'Regler', en: 'Rules' },
    {
      sv: 'De rättsregler som vägarna följer och som ett nej hänvisar till.',
      en: 'The legal rules that the routes follow and that a refusal cites.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Rules, examples.ruleList, { sv: 'Regler.', en: 'Rules.' }),
    ...problems('malformed'),
  },
});
