/** The demonstration's clock: a matter takes weeks, and whoever tries one has an afternoon. */
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { parseFields } from '../engine/parse.ts';
import type { Services } from '../services.ts';
import { jsonOf } from './body.ts';
import type { Env } from './context.ts';
import { answer, bodyOf, problems, told } from './describe.ts';
import { noParameters } from './query.ts';
import * as examples from './reference-examples.ts';
import { Time } from './reference-schemas.ts';
import { NewTime } from './requests.ts';

export function clock({ source, goToDay }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(readRoute, (c) => c.json({ now: source.now() }, 200));
  api.openapi(putRoute, async (c) => {
    const { date } = parseFields(NewTime, await jsonOf(c));
    await goToDay(date as string);
    return c.json({ now: source.now() }, 200);
  });
  return api;
}

const tag = 'reference';

const readRoute = createRoute({
  method: 'get',
  path: '/clock',
  ...told(
    'readClock',
    tag,
    { sv: 'Klockan', en: 'The clock' },
    {
      sv: 'Vad klockan är för servern. Demonstrationens kan ligga före.',
      en: 'What time it is for the server. That of the demonstration may be ahead.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Time, examples.time, { sv: 'Klockan.', en: 'The clock.' }),
    ...problems('malformed'),
  },
});

const putRoute = createRoute({
  method: 'post',
  path: '/clock',
  ...told(
    'putClockForward',
    tag,
    { sv: 'Ställ fram klockan', en: 'Put the clock forward' },
    {
      sv: 'Ställer fram demonstrationens klocka till åtta på morgonen den dagen. Det som förfaller på vägen inträffar, vart och ett vid sin tid. Tillbaka går den inte. En server för riktiga ärenden har den riktiga klockan, som inte ställs om (403).',
      en: "Puts the demonstration's clock forward to eight in the morning of the day. What falls due on the way happens, each thing at its time. It does not go back. A server for real matters has the real clock, which is not put forward (403).",
    },
  ),
  request: { body: bodyOf('NewTime', { example: examples.newTime }) },
  responses: {
    200: answer(Time, examples.time, { sv: 'Klockan.', en: 'The clock.' }),
    ...problems('malformed', 'forbidden', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});
