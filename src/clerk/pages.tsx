/** The pages: what a request meets, in order. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { Away } from '../../db/away.ts';
import { Unregistered } from '../../machines/registry.ts';
import type { Services } from '../services.ts';
import { accessibilityPage } from './accessibility.tsx';
import { accountPage, actOnAccount } from './account.tsx';
import { accountsPage, createAccount } from './accounts.tsx';
import { actorPage } from './actor.tsx';
import { putClockForward } from './clock.tsx';
import { delegationPage } from './delegation.tsx';
import { deskPage } from './desk.tsx';
import { eventPage, sendEvent } from './events.tsx';
import { orRefused } from './hook-parts.tsx';
import {
  chooseIdentity,
  identityPage,
  isSecure,
  languageOf,
  nobody,
  takeDone,
  type Visitor,
  visitorOf,
} from './identity.tsx';
import { actOnIntegration, integrationPage } from './integration.tsx';
import { createIntegration, newIntegrationPage } from './integration-form.tsx';
import { jointMatterPage } from './joint-matter.tsx';
import { delegationsPage, jointMattersPage, mattersPage, meetingsPage } from './lists.tsx';
import { matterPage } from './matter.tsx';
import { meetingPage } from './meeting.tsx';
import { missing } from './missing.tsx';
import { movePage, runMove } from './move.tsx';
import { movesCrumb, movesPage, publishMove } from './moves.tsx';
import { createDelegation, newDelegationPage } from './new-delegation.tsx';
import { createJointMatter, newJointMatterPage } from './new-joint-matter.tsx';
import { createMatter, newMatterPage } from './new-matter.tsx';
import { createMeeting, newMeetingPage } from './new-meeting.tsx';
import { newRoutePage, publishRoute } from './new-route.tsx';
import { createSubscription, newSubscriptionPage } from './new-subscription.tsx';
import { picture } from './picture.ts';
import { retryDeadline } from './retry.tsx';
import { rightsPage } from './rights.tsx';
import { routePage, routesPage } from './routes.tsx';
import { rulesPage } from './rules.tsx';
import { logoutEverywhere, revokeSession, sessionsPage } from './sessions.tsx';
import {
  chooseFirstPassword,
  comeFromProvider,
  firstPasswordPage,
  leaveForProvider,
  loggedOutPage,
  login,
  loginPage,
  logout,
} from './sign-in.tsx';
import { staticFiles } from './static.ts';
import { actOnSubscription, subscriptionPage } from './subscription.tsx';
import { doneText } from './texts.ts';
import { createToken, revokeToken, tokensPage } from './tokens.tsx';
import { type Env, viewOf } from './view.ts';
import { webhooksPage } from './webhooks.tsx';

/** A form is a few kilobytes; the longest text is 10,000 signs and there are at most fifty of them. */
const LARGEST_FORM = 1024 * 1024;

/**
 * Nothing from other hosts, no script or style within a page. `data:` is for the icons in the design system's own
 * style sheets.
 */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // With no-referrer a browser leaves out the origin of a form, by which a forged one is told from ours.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
});

/**
 * A page shows what one person may see at one moment. The answer to a form may be kept for the way back to it: a
 * browser does not ask for it again by itself.
 */
const unkept: MiddlewareHandler = async (c, next) => {
  c.header('Cache-Control', c.req.method === 'POST' ? 'private, no-cache' : 'no-store');
  await next();
};

/** Turns away forms of other sites. A proxy where TLS ends asks us without it: then it is our public address that counts. */
const ownForms = ({ people }: Services): MiddlewareHandler =>
  people?.publicUrl?.protocol === 'https:' ? csrf({ origin: people.publicUrl.origin }) : csrf();

/** What the page knows of the request. */
const looking =
  (services: Services, visitorFor: (c: Context<Env>) => Promise<Visitor | null>): MiddlewareHandler<Env> =>
  async (c, next) => {
    const visitor = await visitorFor(c);
    const reading = c.req.method === 'GET';
    const { pathname, search } = new URL(c.req.url);
    const language = languageOf(c);
    if (!visitor) {
      const door = services.people ? '/login' : '/identity';
      return c.redirect(`${door}?return=${encodeURIComponent(reading ? pathname + search : '/')}`, 303);
    }
    const done = reading ? takeDone(c) : null;
    c.set(
      'view',
      viewOf({
        services,
        language,
        visitor,
        url: c.req.url,
        done: done && doneText(services, language, done),
      }),
    );
    return next();
  };

/** What a form is about may be of a route that another server has just published: that is taken in before it is read. */
const upToDate =
  ({ engine }: Services): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === 'POST') await engine.keepUp();
    return next();
  };

/** How people come in: where the server is for real they sign in; in the demonstration they choose whom to be. */
function entrance(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { people } = services;
  if (!people)
    return app.get('/identity', identityPage(services)).post('/identity', chooseIdentity(services));
  const place = { ...services, people };
  for (const path of ['/login', '/login/*', '/first-password', '/logout', '/logged-out'])
    app.use(
      path,
      looking(services, async () => nobody),
    );
  return app
    .get('/login', loginPage)
    .post('/login', login(place))
    .get('/login/start', leaveForProvider(place))
    .get('/login/callback', comeFromProvider(place))
    .get('/first-password', firstPasswordPage)
    .post('/first-password', chooseFirstPassword(place))
    .post('/logout', logout(place))
    .get('/logged-out', loggedOutPage);
}

/** What only people who are signed in have, and what only the demonstration has. */
function besides(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { people } = services;
  if (!people) return app.post('/clock', putClockForward);
  const place = { ...services, people };
  return app
    .get('/sessions', sessionsPage(place))
    .post('/sessions', revokeSession(place))
    .post('/sessions/all', logoutEverywhere(place))
    .get('/accounts', accountsPage)
    .post('/accounts', createAccount)
    .get('/accounts/:login', accountPage)
    .post('/accounts/:login', actOnAccount);
}

/** The pages of the clerks. Everyone must have come in. */
export function pages(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use(headers);
  app.route('/static', staticFiles());
  app.use(bodyLimit({ maxSize: LARGEST_FORM }), ownForms(services), unkept);
  app.use(async (c, next) => {
    c.set('secure', isSecure(services));
    await next();
  });
  app.route('/', entrance(services));
  app.use(looking(services, (c) => visitorOf(c, services)));
  app.use(upToDate(services));
  app
    .get('/', deskPage)
    .get('/matters', mattersPage)
    .get('/matters/new', newMatterPage)
    .post('/matters/new', createMatter)
    .get('/matters/:id', matterPage)
    .get('/meetings', meetingsPage)
    .get('/meetings/new', newMeetingPage)
    .post('/meetings/new', createMeeting)
    .get('/meetings/:id', meetingPage)
    .get('/joint-matters', jointMattersPage)
    .get('/joint-matters/new', newJointMatterPage)
    .post('/joint-matters/new', createJointMatter)
    .get('/joint-matters/:id', jointMatterPage)
    .get('/delegations', delegationsPage)
    .get('/delegations/new', newDelegationPage)
    .post('/delegations/new', createDelegation)
    .get('/delegations/:id', delegationPage)
    .get('/actors/:id', actorPage)
    .get('/actors/:id/path.svg', picture)
    .get('/actors/:id/events/:type', eventPage)
    .post('/actors/:id/events/:type', sendEvent)
    .get('/routes', routesPage)
    .get('/routes/new', newRoutePage)
    .post('/routes/new', publishRoute)
    .get('/routes/:municipality/:name', routePage)
    .get('/moves', movesPage)
    .post('/moves', publishMove)
    .get('/moves/:id', orRefused(movePage, movesCrumb))
    .post('/moves/:id', orRefused(runMove, movesCrumb))
    .post('/actors/:id/deadlines/retry', retryDeadline)
    .get('/webhooks', orRefused(webhooksPage))
    .get('/webhooks/new', orRefused(newSubscriptionPage))
    .post('/webhooks/new', orRefused(createSubscription))
    .get('/webhooks/:id', orRefused(subscriptionPage))
    .post('/webhooks/:id', orRefused(actOnSubscription))
    .get('/integrations/new', orRefused(newIntegrationPage))
    .post('/integrations/new', orRefused(createIntegration))
    .get('/integrations/:name', orRefused(integrationPage))
    .post('/integrations/:name', orRefused(actOnIntegration))
    .get('/rules', rulesPage)
    .get('/tokens', tokensPage)
    .post('/tokens', createToken)
    .post('/tokens/revocation', revokeToken)
    .get('/rights-changes', rightsPage)
    .get('/accessibility', accessibilityPage)
    .route('/', besides(services));
  app.all('*', missing);
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    // The whole server takes in what another has published, and has the page shown.
    if (error instanceof Unregistered) throw error;
    services.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'a page failed');
    if (error instanceof Away)
      return c.text(
        'Databasen svarar inte just nu. Försök igen om en stund. / The database does not answer just now. Try again in a moment.',
        503,
        { 'Retry-After': '1' },
      );
    return c.text('Något gick fel hos oss. / Something went wrong on our side.', 500);
  });
  return app;
}
