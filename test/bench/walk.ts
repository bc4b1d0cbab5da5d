/**
 * The work that every contender does: matters on the council route whose report is completed, signed, and returned for
 * redrafting, over and over. Each request is one transition of one matter, with a version, a key and a token.
 */
import { randomUUID } from 'node:crypto';

export interface Step {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export const REGISTRATION = {
  municipality: 'huddinge',
  route: 'council-matter',
  title: 'Avtal om samverkan mellan Huddinge kommun och Karolinska Institutet',
  proposals: [
    { text: 'Förslag till avtal om samverkan godkänns.', body: 'kf' },
    { text: 'Kommundirektören får i uppdrag att underteckna avtalet.', body: 'ks' },
  ],
};

export const ASSIGNMENT = { type: 'matter.assign', payload: { caseOfficer: 'Hanna Handläggare' } };

/** The report is older than the oldest matter (`lives.ts`): no day is still to come for any of them. */
export const ROUND = [
  { type: 'report.complete', payload: { dated: '2015-05-04' } },
  { type: 'report.sign', payload: { signedBy: 'Berit Direktör', title: 'kommundirektör' } },
  { type: 'report.reopen', payload: { reason: 'Kostnaden ska redovisas.' } },
];

const headers = () => ({
  authorization: 'Bearer demo-clerk',
  'content-type': 'application/json',
  'idempotency-key': randomUUID(),
});

/** Where a matter stands on the walk. */
interface Standing {
  readonly id: string;
  readonly version: number;
  /** Requests that have brought it there. */
  readonly steps: number;
}

/** One matter: what is asked next, and what was answered. */
export class Walk {
  #id: string;
  #version: number;
  #steps: number;

  /** @param from where it begins; with its registration where nothing is said. */
  constructor({ id, version, steps }: Standing = { id: '', version: 0, steps: 0 }) {
    this.#id = id;
    this.#version = version;
    this.#steps = steps;
  }

  next(): Step {
    if (this.#id === '')
      return { method: 'POST', path: '/v1/matters', headers: headers(), body: JSON.stringify(REGISTRATION) };
    const event = this.#steps === 1 ? ASSIGNMENT : ROUND[(this.#steps - 2) % ROUND.length];
    return {
      method: 'POST',
      path: `/v1/matters/${this.#id}/events`,
      headers: { ...headers(), 'if-match': `"${this.#version}"` },
      body: JSON.stringify(event),
    };
  }

  answered(status: number, body: string): void {
    if (status >= 300) throw new Error(`${status}: ${body}`);
    const { id, version } = JSON.parse(body) as { id: string; version: number };
    this.#id = id;
    this.#version = version;
    this.#steps++;
  }
}
