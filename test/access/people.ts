/** People who may do something in one municipality each, and what is there for them to see. */
import type { JsonObject } from '../../machines/chart.ts';
import { type Role, roles } from '../../machines/roles.ts';
import type { Grant } from '../../src/access/grant.ts';
import type { Identity } from '../../src/services.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

export const everyRole = Object.keys(roles) as Role[];

/** Two municipalities of one region, so that they can have a joint matter. */
export const towns = ['huddinge', 'tyreso'] as const;
export type Town = (typeof towns)[number];
export const otherThan = (town: Town): Town => (town === 'huddinge' ? 'tyreso' : 'huddinge');

/** The token of someone in a role in a municipality. */
export const tokenOf = (role: Role, town: Town): string => `${role}-of-${town}`;

const someone = (role: Role, tenant: string, more: Partial<Grant> = {}): Identity => ({
  id: `${role}-of-${tenant}`,
  name: `${role} of ${tenant}`,
  origin: role === 'integration' ? 'integration' : 'person',
  grants: [{ tenant, roles: [role], bodies: 'all', confidential: true, ...more }],
});

/** Everyone: each role in each of the municipalities, and more as given. */
const peopleWith = (more: ReadonlyMap<string, Identity>): ReadonlyMap<string, Identity> =>
  new Map([
    ...towns.flatMap((town) =>
      everyRole.map((role): [string, Identity] => [tokenOf(role, town), someone(role, town)]),
    ),
    ...more,
  ]);

/** What a municipality has. No one else is to see its words or its registry number. */
export interface Holdings {
  readonly matter: string;
  readonly meeting: string;
  readonly joint: string;
  readonly delegation: string;
  readonly subscription: string;
  readonly delivery: string;
  readonly integration: string;
  /** One that the integration has sent and that was refused. */
  readonly message: string;
  readonly words: readonly string[];
}

/** A group of matters that a committee there lets others decide. */
export const groupOf = (town: Town): string => (town === 'huddinge' ? 'sn-agreements' : 'ks-agreements');

let keys = 0;

export class Region {
  readonly server: TestServer;
  readonly holdings: Readonly<Record<Town, Holdings>>;

  private constructor(server: TestServer, holdings: Record<Town, Holdings>) {
    this.server = server;
    this.holdings = holdings;
  }

  static async open(more: ReadonlyMap<string, Identity> = new Map()): Promise<Region> {
    const server = await createTestServer({ identities: peopleWith(more) });
    const [huddinge, tyreso] = [await furnish(server, 'huddinge'), await furnish(server, 'tyreso')];
    return new Region(server, { huddinge, tyreso });
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** A request to the API or, with the same token in a cookie, to the pages; without one as nobody. */
  ask(method: string, path: string, token: string | null, body?: JsonObject | URLSearchParams) {
    return asked(this.server, method, path, token, body);
  }
}

async function asked(
  server: TestServer,
  method: string,
  path: string,
  token: string | null,
  body?: JsonObject | URLSearchParams,
  more: Readonly<Record<string, string>> = {},
) {
  const isForm = body instanceof URLSearchParams;
  return server.request(path, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}`, cookie: `identity=${token}` }),
      ...(body && { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
      'idempotency-key': `walk-${++keys}`,
      // A version that nothing has: whoever may act is told that it is another, and nothing happens.
      'if-match': '"999"',
      origin: 'http://localhost',
      ...more,
    },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
}

async function furnish(server: TestServer, town: Town): Promise<Holdings> {
  const registrar = tokenOf('registrar', town);
  const word = `Angelägenhet i ${town}`;
  const administrator = tokenOf('administrator', town);
  const create = async (collection: string, body: JsonObject, by = registrar) => {
    const answer = await asked(server, 'POST', `/v1/${collection}`, by, body);
    const made = await answer.json();
    if (answer.status >= 300) throw new Error(JSON.stringify(made));
    return made as { id: string; number: string; secret: string };
  };
  const matter = await create('matters', {
    municipality: town,
    route: town === 'huddinge' ? 'council-matter' : 'board-matter',
    title: word,
    number: `Dnr ${town}`,
    proposals: [{ text: `${word} godkänns.`, body: town === 'huddinge' ? 'kf' : 'ks' }],
  });
  const meeting = await create('meetings', {
    municipality: town,
    body: 'ks',
    date: '2026-12-02',
    place: word,
  });
  const joint = await create('joint-matters', {
    title: `Gemensam ${word}`,
    text: `${word} antas.`,
    members: [{ municipality: town }, { municipality: 'salem' }],
    validFrom: '2027-01-01',
  });
  const delegation = await create('delegations', {
    municipality: town,
    body: town === 'huddinge' ? 'sn' : 'ks',
    groups: [groupOf(town)],
    kind: 'employee',
    position: word,
    decidedOn: '2025-12-17',
    decision: '§ 131',
    from: '2026-01-01',
  });
  const subscription = await create(
    'subscriptions',
    { municipality: town, name: word, url: 'https://example.com/hooks', events: [], bodies: [], routes: [] },
    administrator,
  );
  const delivery = await create(`subscriptions/${subscription.id}/test`, {}, administrator);
  const integration = `system-${town}`;
  const { secret } = await create(
    'integrations',
    { name: integration, municipality: town, label: { sv: word, en: word }, events: ['minutes.approve'] },
    administrator,
  );
  return {
    integration,
    message: await refusedMessage(server, integration, secret),
    subscription: subscription.id,
    delivery: delivery.id,
    matter: matter.id,
    meeting: meeting.id,
    joint: joint.id,
    delegation: delegation.id,
    words: [word, matter.number],
  };
}

/** A message of a system that is kept and refused: it says nothing that could be done. */
async function refusedMessage(server: TestServer, integration: string, secret: string): Promise<string> {
  const id = `msg_${integration}`;
  const timestamp = Math.floor(Date.parse(server.clock.now) / 1000);
  const answer = await asked(
    server,
    'POST',
    `/v1/hooks/${integration}`,
    null,
    {},
    {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign({ id, timestamp, body: '{}' }, secret),
    },
  );
  if (answer.status !== 422) throw new Error(await answer.text());
  return id;
}
