/** What is confidential in a municipality, in every place where it could be told; and two people, one who may see it. */
import type { JsonObject } from '../../machines/chart.ts';
import type { Identity } from '../../src/services.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';
import { everyRole } from './people.ts';

/** In whatever is said of it. */
const WORD = 'Förtegen';
export const NUMBER = 'HKS 2026/777';
export const mark = { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' };

const both = ['huddinge', 'tyreso'];
const inEveryRole = (id: string, sightedIn: readonly string[]): readonly [string, Identity] => [
  id,
  {
    id,
    name: id,
    origin: 'person',
    grants: both.map((tenant) => ({
      tenant,
      roles: everyRole,
      bodies: 'all',
      confidential: sightedIn.includes(tenant),
    })),
  },
];

/** People in every role: who sees what is confidential, who does not, and who does in the other municipality alone. */
export const people: ReadonlyMap<string, Identity> = new Map([
  inEveryRole('sighted', both),
  inEveryRole('blind', []),
  inEveryRole('elsewhere', ['tyreso']),
]);
export type Person = 'sighted' | 'blind' | 'elsewhere';

let keys = 0;

export const asked = (
  server: TestServer,
  person: Person,
  method: string,
  path: string,
  body?: JsonObject | URLSearchParams,
  more: Readonly<Record<string, string>> = {},
) =>
  server.request(path, {
    method,
    headers: {
      authorization: `Bearer ${person}`,
      cookie: `identity=${person}`,
      'content-type':
        body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json',
      'idempotency-key': `secret-${++keys}`,
      'if-match': '"999"',
      origin: 'http://localhost',
      ...more,
    },
    ...(body && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
  });

export class Secrets {
  readonly server: TestServer;
  /** A confidential matter that the working committee has treated. */
  matter = '';
  /** The meeting, on whose agenda it was, and where a statement about it was recorded. */
  meeting = '';
  /** A matter that everyone sees, in which another confidential one goes on. */
  taker = '';
  taken = '';
  /** A joint matter that everyone sees, of which one member is confidential; and one that is so itself. */
  joint = '';
  hiddenJoint = '';

  private constructor(server: TestServer) {
    this.server = server;
  }

  static async furnish(): Promise<Secrets> {
    const it = new Secrets(await createTestServer({ now: '2026-11-20T09:00:00Z', identities: people }));
    it.matter = await it.register(`${WORD} upphandling`, { number: NUMBER, secrecy: mark });
    it.taken = await it.register(`${WORD} anmälan`);
    it.taker = await it.register('Öppen anmälan');
    await it.send(it.taken, 'matter.join', { matter: it.taker, decidedBy: 'KS', reason: 'Samma sak.' });
    await it.send(it.taken, 'secrecy.mark', mark);
    it.joint = await it.#joint('Öppet program');
    await it.send(it.joint, 'joint.propose');
    await it.send(`${it.joint}.huddinge`, 'secrecy.mark', mark);
    it.hiddenJoint = await it.#joint(`${WORD} plan`, { secrecy: mark });
    await it.send(it.hiddenJoint, 'joint.propose');
    await it.#treat();
    return it;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Whether an answer says anything of what is confidential, be it an id, that was not in the question. */
  tells(answer: string, question = ''): boolean {
    const ids = [this.matter, this.taken, this.hiddenJoint].filter((it) => !question.includes(it));
    return [WORD, '2026/777', ...ids].some((it) => answer.includes(it));
  }

  async register(title: string, more: JsonObject = {}): Promise<string> {
    return this.#create('matters', {
      municipality: 'huddinge',
      route: 'council-matter',
      title,
      proposals: [{ text: `${title} godkänns.`, body: 'kf' }],
      ...more,
    });
  }

  /** Sends an event as someone who sees everything, to the version that stands. */
  async send(actor: string, type: string, payload: JsonObject = {}): Promise<void> {
    const etag =
      (await asked(this.server, 'sighted', 'GET', `/v1/actors/${actor}`)).headers.get('etag') ?? '';
    const body = { type, payload };
    const answer = await asked(this.server, 'sighted', 'POST', `/v1/actors/${actor}/events`, body, {
      'if-match': etag,
    });
    if (answer.status !== 200) throw new Error(`${type}: ${await answer.text()}`);
  }

  async #create(collection: string, body: JsonObject): Promise<string> {
    const answer = await asked(this.server, 'sighted', 'POST', `/v1/${collection}`, body);
    const made = await answer.json();
    if (answer.status !== 201) throw new Error(JSON.stringify(made));
    return String(made.id);
  }

  #joint(title: string, more: JsonObject = {}): Promise<string> {
    return this.#create('joint-matters', {
      title,
      text: 'Programmet antas.',
      members: [{ municipality: 'tyreso' }, { municipality: 'huddinge', number: `${NUMBER}-${++keys}` }],
      validFrom: '2027-01-01',
      ...more,
    });
  }

  /** The confidential matter at the working committee: decided, with a statement; and listed at the next meeting. */
  async #treat(): Promise<void> {
    const { matter, server } = this;
    await this.send(matter, 'matter.assign', { caseOfficer: `${WORD} Handläggare` });
    await this.send(matter, 'report.complete', { dated: '2026-11-20' });
    await this.send(matter, 'report.sign', { signedBy: 'Berit Direktör', title: 'kommundirektör' });
    await this.send(matter, 'matter.handOver');
    const meeting = await this.#create('meetings', {
      municipality: 'huddinge',
      body: 'au',
      date: '2026-12-01',
    });
    await this.send(meeting, 'agenda.add', { matter });
    await this.send(meeting, 'meeting.summon', { sentOn: '2026-11-20' });
    server.clock.now = '2026-12-01T09:00:00Z';
    await this.send(meeting, 'meeting.open', { present: 5, chair: 'Olle', approvers: ['Lena'] });
    await this.send(meeting, 'item.open', { matter, recused: [`${WORD} Jävig`] });
    await this.send(matter, 'question.put', { proposals: [{ outcome: 'endorsed' }] });
    await this.send(matter, 'decision.confirm', { finds: 1 });
    await this.send(meeting, 'note.record', {
      matter,
      by: [`${WORD} Part`],
      text: `${WORD} anmärkning`,
      permittedBy: 'Olle',
    });
    await this.send(meeting, 'meeting.close');
    await this.send(meeting, 'minutes.complete');
    await this.send(meeting, 'minutes.approve', { approvedBy: ['Olle', 'Lena'] });
    await this.send(meeting, 'notice.post', { minutesAt: 'Kommunhuset' });
    this.meeting = meeting;
  }
}
