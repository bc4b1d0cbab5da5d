/** The JSON API, in the order in which a request meets it. */
import { type Hook, OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorHandler, MiddlewareHandler } from 'hono';
import type { Services } from '../services.ts';
import { clock } from './clock.ts';
import type { Env } from './context.ts';
import { creation } from './creation.ts';
import { deadlines } from './deadlines.ts';
import type { Api } from './describe.ts';
import { docs } from './docs.ts';
import { description } from './document.ts';
import { events } from './events.ts';
import { history } from './history.ts';
import { hooks } from './hooks.ts';
import { bearer, identified } from './identity.ts';
import { integrations } from './integrations.ts';
import { languageOf } from './language.ts';
import { methods } from './methods.ts';
import { moves } from './moves.ts';
import { isUnforeseen, problemResponse, RequestProblem } from './problem.ts';
import { wrongParameters } from './query.ts';
import { limited } from './rate.ts';
import { records } from './records.ts';
import { reference } from './reference.ts';
import type { Numbered } from './request.ts';
import { rights } from './rights.ts';
import { routes } from './routes.ts';
import { stream } from './stream.ts';
import { subscriptions } from './subscriptions.ts';
import { tokens } from './tokens.ts';

/**
 * Answers what has failed, and writes what nobody foresaw to the log. It is for the whole server: around each handler of
 * an application that has its own, Hono makes another chain of handlers for every request.
 */
export const failed =
  ({ log }: Services): ErrorHandler<Numbered> =>
  (error, c) => {
    const requestId = c.get('requestId');
    if (isUnforeseen(error)) log.error({ err: error, requestId, method: c.req.method, path: c.req.path });
    return problemResponse(error, languageOf(c.req.header('accept-language')), requestId);
  };

/** @param rateLimit requests a minute of one identity or address; nought for no limit. */
export function api(services: Services, rateLimit: number): Api {
  const app = new OpenAPIHono<Env>({ defaultHook: wrongParameter });
  app.use(inLanguage);
  app.use(bearer(services));
  app.use(limited(rateLimit, services.people));
  app.use(identified);
  app.route('/', reference(services));
  app.route('/', clock(services));
  app.route('/', routes(services));
  app.route('/', moves(services));
  app.route('/', records(services));
  app.route('/', creation(services));
  app.route('/', events(services));
  app.route('/', deadlines(services));
  app.route('/', history(services));
  app.route('/', hooks(services));
  app.route('/', integrations(services));
  app.route('/', stream(services));
  app.route('/', subscriptions(services));
  app.route('/', tokens(services));
  app.route('/', rights(services));
  const described = description(app, services.source.registry);
  app.route('/', docs());
  app.get('/openapi.json', (c) => c.json(described()));
  methods(app);
  app.all('*', () => {
    throw new RequestProblem('noSuchRoute', { sv: 'Adressen finns inte.', en: 'There is no such address.' });
  });
  return app;
}

/** Gives the request its language, and says that nothing here may be kept by others. */
const inLanguage: MiddlewareHandler<Env> = async (c, next) => {
  c.set('language', languageOf(c.req.header('accept-language')));
  await next();
  const { headers } = c.res;
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
};

const wrongParameter: Hook<unknown, Env, string, void> = (result) => {
  if (!result.success) wrongParameters(result.error);
};
