/** What is expected of every route there is: who may ask, and what of it is another municipality's. */
import type { JsonObject } from '../../machines/chart.ts';
import { builtInRoutes } from '../../machines/registry.ts';
import type { Role } from '../../machines/roles.ts';
import { groupOf, type Holdings, otherThan, type Town } from './people.ts';

/** A request about what one municipality has. */
export interface Asking {
  readonly path: string;
  /** HEAD for an answer without end. */
  readonly method?: 'HEAD';
  readonly body?: JsonObject | URLSearchParams;
}

export type Expectation =
  /** For anyone, also for nobody. */
  | { readonly for: 'anyone' }
  /** For whoever has the secret of the integration, whoever else they are. */
  | { readonly for: 'signer'; readonly asking: Asking }
  /** For everyone with an identity; it is no municipality's. Pages are for people. */
  | { readonly for: 'identity'; readonly asking?: Asking }
  /** It asks for what is not there, for want of one; who may is tested with what it is about. */
  | { readonly for: 'nothing'; readonly asking: Asking }
  /** It is one's own: nobody is turned away, and whose it is is tested with it. */
  | { readonly for: 'oneself' }
  /** What a municipality has: lists give one's own, and what is another's does not exist. */
  | { readonly for: 'municipality'; readonly asking: (of: Holdings) => Asking; readonly list?: boolean }
  /** An act in a municipality, for those roles; its refusal for the others. */
  | {
      readonly for: readonly Role[];
      readonly asking: (of: Holdings, town: Town) => Asking;
      /** What the others are told: for one of another municipality and, where it differs, for another role. */
      readonly others?: number | readonly number[];
      readonly stranger?: number | readonly number[];
    };

const anyone: Expectation = { for: 'anyone' };
const identity: Expectation = { for: 'identity' };
const seen = (asking: (of: Holdings) => string): Expectation => ({
  for: 'municipality',
  asking: (of) => ({ path: asking(of) }),
});
const list = (path: string): Expectation => ({ for: 'municipality', list: true, asking: () => ({ path }) });

const starters: readonly Role[] = ['registrar', 'clerk'];
const convenors: readonly Role[] = ['registrar', 'clerk', 'chair'];

const collections = {
  matters: 'matter',
  meetings: 'meeting',
  'joint-matters': 'joint',
  delegations: 'delegation',
  actors: 'matter',
} as const;

/** Reading one record or actor, in each of the ways that there are. */
const readings = Object.entries(collections).flatMap(([collection, key]) =>
  ['', '/events', '/path', '/path.svg', '/log', '/audit'].map((what): [string, Expectation] => [
    `GET /v1/${collection}/:id${what}`,
    seen((of) => `/v1/${collection}/${of[key]}${what}`),
  ]),
);

const event = (path: string, type: string, payload: JsonObject = {}): Asking => ({
  path,
  body: { type, payload },
});

const sendings: readonly [string, Expectation][] = [
  [
    'POST /v1/matters/:id/events',
    {
      for: starters,
      asking: ({ matter }: Holdings) =>
        event(`/v1/matters/${matter}/events`, 'matter.assign', { caseOfficer: 'Eva' }),
    },
  ],
  [
    'POST /v1/actors/:id/events',
    {
      for: starters,
      asking: ({ matter }: Holdings) =>
        event(`/v1/actors/${matter}/events`, 'matter.assign', { caseOfficer: 'Eva' }),
    },
  ],
  [
    'POST /v1/meetings/:id/events',
    {
      for: ['clerk', 'chair'],
      asking: ({ meeting }: Holdings) => event(`/v1/meetings/${meeting}/events`, 'meeting.cancel'),
    },
  ],
  [
    'POST /v1/joint-matters/:id/events',
    {
      for: starters,
      asking: ({ joint }: Holdings) => event(`/v1/joint-matters/${joint}/events`, 'joint.propose'),
    },
  ],
  [
    'POST /v1/delegations/:id/events',
    {
      for: ['clerk', 'chair'],
      // A system may not decide, whoever lets it.
      others: [403, 409],
      asking: ({ delegation }: Holdings) =>
        event(`/v1/delegations/${delegation}/events`, 'delegation.revoke', { decision: '§ 1' }),
    },
  ],
  [
    'POST /v1/actors/:id/deadlines/retry',
    {
      for: ['clerk', 'registrar', 'administrator'],
      asking: ({ matter }: Holdings) => ({
        path: `/v1/actors/${matter}/deadlines/retry`,
        body: { state: 'running', name: 'appealPeriod' },
      }),
    },
  ],
];

/** What goes out by webhook is set up by administrators; readers see what became of it and have it sent again. */
const overseers: readonly Role[] = ['administrator', 'registrar'];
const posting = (by: readonly Role[], path: (of: Holdings) => string): Expectation => ({
  for: by,
  others: [403, 404],
  asking: (of) => ({ path: path(of), body: {} }),
});
const webhooks: readonly [string, Expectation][] = [
  ['GET /v1/subscriptions', { for: overseers, stranger: 200, asking: () => ({ path: '/v1/subscriptions' }) }],
  [
    'POST /v1/subscriptions',
    {
      for: ['administrator'],
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/subscriptions',
        body: {
          municipality: town,
          name: 'x',
          url: 'https://example.com/hooks',
          events: [],
          bodies: [],
          routes: [],
        },
      }),
    },
  ],
  [
    'GET /v1/subscriptions/:id',
    {
      for: overseers,
      others: 404,
      asking: ({ subscription }) => ({ path: `/v1/subscriptions/${subscription}` }),
    },
  ],
  [
    'GET /v1/subscriptions/:id/deliveries',
    {
      for: overseers,
      others: 404,
      asking: ({ subscription }) => ({ path: `/v1/subscriptions/${subscription}/deliveries` }),
    },
  ],
  [
    'PUT /v1/subscriptions/:id',
    posting(['administrator'], ({ subscription }) => `/v1/subscriptions/${subscription}`),
  ],
  [
    'DELETE /v1/subscriptions/:id',
    posting(['administrator'], ({ subscription }) => `/v1/subscriptions/${subscription}`),
  ],
  ...['disable', 'enable', 'secret', 'test'].map((what): [string, Expectation] => [
    `POST /v1/subscriptions/:id/${what}`,
    posting(['administrator'], ({ subscription }) => `/v1/subscriptions/${subscription}/${what}`),
  ]),
  [
    'POST /v1/deliveries/:id/resend',
    posting(overseers, ({ delivery }) => `/v1/deliveries/${delivery}/resend`),
  ],
];

const system = ({ integration }: Holdings): string => `/v1/integrations/${integration}`;
const integrations: readonly [string, Expectation][] = [
  ['GET /v1/integrations', { for: overseers, stranger: 200, asking: () => ({ path: '/v1/integrations' }) }],
  [
    'POST /v1/integrations',
    {
      for: ['administrator'],
      others: [403, 422],
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/integrations',
        body: {
          name: `another-${town}`,
          municipality: town,
          label: { sv: 'x', en: 'x' },
          events: ['minutes.approve'],
        },
      }),
    },
  ],
  ['GET /v1/integrations/:name', { for: overseers, others: 404, asking: (of) => ({ path: system(of) }) }],
  [
    'GET /v1/integrations/:name/messages',
    { for: overseers, others: 404, asking: (of) => ({ path: `${system(of)}/messages` }) },
  ],
  [
    'PUT /v1/integrations/:name',
    {
      for: ['administrator'],
      others: [403, 404],
      asking: (of: Holdings) => ({
        path: system(of),
        body: { label: { sv: 'x', en: 'x' }, events: ['minutes.approve'], state: 'active' },
      }),
    },
  ],
  ['POST /v1/integrations/:name/secret', posting(['administrator'], (of) => `${system(of)}/secret`)],
  [
    'POST /v1/integrations/:name/sample',
    {
      for: overseers,
      others: 404,
      asking: (of) => ({ path: `${system(of)}/sample`, body: { message: {} } }),
    },
  ],
  [
    'POST /v1/integrations/:name/messages/:id/retry',
    posting(overseers, (of) => `${system(of)}/messages/${of.message}/retry`),
  ],
];

/** The register of access rights is for those who audit or administer. */
const readers: readonly Role[] = ['auditor', 'administrator'];
const register: readonly [string, Expectation][] = [
  ['GET /v1/rights-changes', { for: readers, stranger: 200, asking: () => ({ path: '/v1/rights-changes' }) }],
  [
    'GET /rights-changes',
    { for: readers, others: 404, stranger: 200, asking: () => ({ path: '/rights-changes' }) },
  ],
];

const routeOf = (town: Town): string => (town === 'huddinge' ? 'council-matter' : 'board-matter');
const bodyOf = (town: Town): string => (town === 'huddinge' ? 'kf' : 'ks');

const published = (town: Town): JsonObject => {
  const { route } = builtInRoutes.find((it) => it.jurisdiction.id === town) ?? {};
  return { municipality: town, route: route as unknown as JsonObject };
};

const startings: readonly [string, Expectation][] = [
  [
    'POST /v1/matters',
    {
      for: starters,
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/matters',
        body: {
          municipality: town,
          route: routeOf(town),
          title: `Angelägenhet i ${town}`,
          proposals: [{ text: 'Bifall.', body: bodyOf(town) }],
        },
      }),
    },
  ],
  [
    'POST /v1/meetings',
    {
      for: convenors,
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/meetings',
        body: { municipality: town, body: 'ks', date: '2026-12-09' },
      }),
    },
  ],
  [
    'POST /v1/joint-matters',
    {
      for: starters,
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/joint-matters',
        body: {
          title: `Angelägenhet i ${town}`,
          text: 'Bifall.',
          members: [{ municipality: town }, { municipality: otherThan(town) }],
          validFrom: '2027-01-01',
        },
      }),
    },
  ],
  [
    'POST /v1/delegations',
    {
      for: starters,
      stranger: 403,
      asking: (_, town) => ({
        path: '/v1/delegations',
        body: {
          municipality: town,
          body: town === 'huddinge' ? 'sn' : 'ks',
          groups: [groupOf(town)],
          kind: 'employee',
          position: `Angelägenhet i ${town}`,
          decidedOn: '2025-12-17',
          decision: '§ 131',
          from: '2026-01-01',
        },
      }),
    },
  ],
  [
    'POST /v1/routes',
    {
      for: ['administrator'],
      stranger: 403,
      // What is there already is published again, which changes nothing.
      asking: (_, town) => ({
        path: '/v1/routes',
        body: published(town),
      }),
    },
  ],
];

const form = (fields: Readonly<Record<string, string>> = {}) => new URLSearchParams(fields);
const draft = { caseOfficer: 'Eva', _version: '999' };

/** Pages are not for systems: those have no session. */
const pages: readonly [string, Expectation][] = [
  ['GET /', list('/')],
  ['GET /matters', list('/matters')],
  ['GET /meetings', list('/meetings')],
  ['GET /joint-matters', list('/joint-matters')],
  ['GET /matters/:id', seen(({ matter }) => `/matters/${matter}`)],
  ['GET /meetings/:id', seen(({ meeting }) => `/meetings/${meeting}`)],
  ['GET /delegations', list('/delegations')],
  ['GET /delegations/:id', seen(({ delegation }) => `/delegations/${delegation}`)],
  ['GET /joint-matters/:id', seen(({ joint }) => `/joint-matters/${joint}`)],
  ['GET /actors/:id', seen(({ matter }) => `/actors/${matter}.p1`)],
  ['GET /actors/:id/path.svg', seen(({ matter }) => `/actors/${matter}/path.svg`)],
  ['GET /actors/:id/events/:type', seen(({ matter }) => `/actors/${matter}/events/matter.assign`)],
  [
    'POST /actors/:id/events/:type',
    {
      for: starters,
      asking: ({ matter }: Holdings) => ({
        path: `/actors/${matter}/events/matter.assign`,
        body: form(draft),
      }),
    },
  ],
  [
    'POST /actors/:id/deadlines/retry',
    {
      for: ['clerk', 'registrar', 'administrator'],
      asking: ({ matter }: Holdings) => ({ path: `/actors/${matter}/deadlines/retry`, body: form() }),
    },
  ],
  ['GET /webhooks', { for: overseers, stranger: 200, asking: () => ({ path: '/webhooks' }) }],
  ['GET /webhooks/new', { for: ['administrator'], stranger: 200, asking: () => ({ path: '/webhooks/new' }) }],
  [
    'GET /webhooks/:id',
    {
      for: overseers,
      others: [403, 404],
      asking: (of: Holdings) => ({ path: `/webhooks/${of.subscription}` }),
    },
  ],
  [
    'POST /webhooks/:id',
    {
      for: ['administrator'],
      others: [403, 404],
      asking: (of: Holdings) => ({
        path: `/webhooks/${of.subscription}`,
        body: form({ act: 'test', _act: 'test' }),
      }),
    },
  ],
  [
    'GET /integrations/new',
    { for: ['administrator'], stranger: 200, asking: () => ({ path: '/integrations/new' }) },
  ],
  [
    'GET /integrations/:name',
    { for: overseers, others: [403, 404], asking: (of) => ({ path: `/integrations/${of.integration}` }) },
  ],
  [
    'POST /integrations/:name',
    {
      for: ['administrator'],
      others: [403, 404],
      asking: (of: Holdings) => ({ path: `/integrations/${of.integration}`, body: form({ act: 'secret' }) }),
    },
  ],
  [
    'POST /webhooks/new',
    {
      for: ['administrator'],
      stranger: 403,
      asking: (_, town) => ({
        path: `/webhooks/new?at=${town}`,
        body: form({ municipality: town, name: 'x', url: 'https://example.com/hooks' }),
      }),
    },
  ],
  [
    'POST /integrations/new',
    {
      for: ['administrator'],
      others: [403, 422],
      // What is wrong with the words is told before whose municipality it is; either way nothing is made.
      stranger: [403, 422],
      asking: (_, town) => ({ path: `/integrations/new?at=${town}`, body: form({ municipality: town }) }),
    },
  ],
  ['GET /moves', { for: 'identity', asking: { path: '/moves' } }],
  ['POST /moves', { for: 'identity', asking: { path: '/moves', body: form() } }],
  ['GET /moves/:id', { for: 'nothing', asking: { path: '/moves/none' } }],
  ['POST /moves/:id', { for: 'nothing', asking: { path: '/moves/none', body: form() } }],
  ...[
    'GET /v1/tokens',
    'POST /v1/tokens',
    'POST /v1/tokens/:id/revocation',
    'GET /tokens',
    'POST /tokens',
    'POST /tokens/revocation',
  ].map((it): [string, Expectation] => [it, { for: 'oneself' }]),
  ['GET /routes', identity],
  [
    'GET /routes/:municipality/:name',
    { for: 'identity', asking: { path: '/routes/huddinge/council-matter' } },
  ],
  ['GET /rules', identity],
  ['GET /accessibility', identity],
  ['GET /routes/new', identity],
  ['POST /clock', { for: 'identity', asking: { path: '/clock', body: form({ date: 'no day' }) } }],
  [
    'POST /routes/new',
    {
      for: ['administrator'],
      stranger: 403,
      asking: (_, town) => ({
        path: '/routes/new',
        body: form({
          document: JSON.stringify(published(town)),
        }),
      }),
    },
  ],
  ...(
    [
      ['matters', starters, (town: Town) => `${town}/${routeOf(town)}`],
      ['meetings', convenors, (town: Town) => `${town}/ks`],
      // Where a joint matter is started is not of one municipality: its members say whose it is.
      ['delegations', starters, (town: Town) => `${town}/${town === 'huddinge' ? 'sn' : 'ks'}`],
      ['joint-matters', starters, () => 'board-matter/ks'],
    ] as const
  ).flatMap(([collection, by, at]): [string, Expectation][] => [
    [`GET /${collection}/new`, { for: by, stranger: 200, asking: () => ({ path: `/${collection}/new` }) }],
    [
      `POST /${collection}/new`,
      {
        for: by,
        others: 422,
        stranger: collection === 'joint-matters' ? 422 : 303,
        // Nothing is filled in: those of the municipality are told what is missing, strangers led back to the first page.
        asking: (_, town) => ({
          path: `/${collection}/new?at=${encodeURIComponent(at(town))}`,
          body: form(),
        }),
      },
    ],
  ]),
];

export const expectations: ReadonlyMap<string, Expectation> = new Map<string, Expectation>([
  ['GET /livez', anyone],
  ['GET /readyz', anyone],
  ['GET /problems/:code', anyone],
  ['GET /static/:name', anyone],
  ['GET /identity', anyone],
  ['POST /identity', anyone],
  ['GET /v1/api-info', anyone],
  ['GET /v1/openapi.json', anyone],
  ['GET /v1/docs', anyone],
  ['GET /v1/docs/start.js', anyone],
  ['GET /v1/docs/swagger-ui.css', anyone],
  ['GET /v1/docs/swagger-ui-bundle.js', anyone],
  ['POST /v1/hooks/:integration', { for: 'signer', asking: { path: '/v1/hooks/e-signering', body: {} } }],
  // With a token of its own, or from this machine, as here (metrics.test.ts).
  ['GET /metrics', anyone],
  ['GET /v1/moves', identity],
  [
    'POST /v1/moves',
    {
      for: ['administrator'],
      others: [403, 422],
      stranger: 422,
      asking: () => ({ path: '/v1/moves', body: {} }),
    },
  ],
  ['GET /v1/moves/:id', { for: 'nothing', asking: { path: '/v1/moves/none' } }],
  ['POST /v1/moves/:id/run', { for: 'nothing', asking: { path: '/v1/moves/none/run', body: {} } }],
  ['GET /v1/clock', identity],
  ['POST /v1/clock', { for: 'identity', asking: { path: '/v1/clock', body: { date: 'no day' } } }],
  ['GET /v1/head', identity],
  ['GET /v1/municipalities', identity],
  ['GET /v1/routes', identity],
  [
    'GET /v1/routes/:municipality/:name',
    { for: 'identity', asking: { path: '/v1/routes/huddinge/council-matter' } },
  ],
  ['GET /v1/rules', identity],
  ['GET /v1/desk', list('/v1/desk')],
  ['GET /v1/matters', list('/v1/matters')],
  ['GET /v1/meetings', list('/v1/meetings')],
  ['GET /v1/joint-matters', list('/v1/joint-matters')],
  ['GET /v1/delegations', list('/v1/delegations')],
  ...readings,
  ...sendings,
  ...startings,
  ...webhooks,
  ...integrations,
  ...register,
  [
    'GET /v1/events/stream',
    {
      for: 'municipality',
      asking: ({ matter }) => ({ path: `/v1/events/stream?record=${matter}`, method: 'HEAD' }),
    },
  ],
  ...pages,
]);
