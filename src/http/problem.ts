/** Every way in which a request can fail, and how it is told (RFC 9457). */
import { HTTPException } from 'hono/http-exception';
import { Away } from '../../db/away.ts';
import type { Label } from '../../machines/label.ts';
import { type Code, type Explanation, type FieldError, Refusal } from '../engine/refusal.ts';
import type { Language } from './context.ts';

/** Failures of the request itself, before the engine is asked. */
export type RequestCode =
  | 'malformed'
  | 'unauthenticated'
  | 'badSignature'
  | 'noSuchRoute'
  | 'methodNotAllowed'
  | 'misdirected'
  | 'tooLarge'
  | 'unsupportedMediaType'
  | 'preconditionRequired'
  | 'keyRequired'
  | 'tooMany'
  | 'overloaded'
  | 'internal';

export type ProblemCode = Code | RequestCode;

export const statusOf = {
  malformed: 400,
  keyRequired: 400,
  undeclared: 400,
  unauthenticated: 401,
  badSignature: 401,
  forbidden: 403,
  notFound: 404,
  noSuchRoute: 404,
  methodNotAllowed: 405,
  refused: 409,
  exists: 409,
  stale: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  misdirected: 421,
  invalid: 422,
  keyReused: 422,
  preconditionRequired: 428,
  tooMany: 429,
  internal: 500,
  ignored: 200,
  unavailable: 503,
  overloaded: 503,
} as const satisfies Record<ProblemCode, number>;

export const titleOf = {
  malformed: { sv: 'Begäran går inte att läsa', en: 'The request cannot be read' },
  keyRequired: { sv: 'Idempotency-Key saknas', en: 'The Idempotency-Key is missing' },
  undeclared: { sv: 'Okänd händelse', en: 'Unknown event' },
  unauthenticated: { sv: 'Inte inloggad', en: 'Not authenticated' },
  badSignature: { sv: 'Underskriften stämmer inte', en: 'The signature does not fit' },
  forbidden: { sv: 'Inte behörig', en: 'Not permitted' },
  notFound: { sv: 'Finns inte', en: 'Not found' },
  noSuchRoute: { sv: 'Adressen finns inte', en: 'No such address' },
  methodNotAllowed: { sv: 'Metoden går inte att använda här', en: 'Method not allowed' },
  refused: { sv: 'Händelsen är inte möjlig nu', en: 'The event is not possible now' },
  exists: { sv: 'Finns redan', en: 'Already exists' },
  stale: { sv: 'Ändrat sedan du såg det', en: 'Changed since you saw it' },
  tooLarge: { sv: 'För stor begäran', en: 'Too large' },
  unsupportedMediaType: { sv: 'Formatet tas inte emot', en: 'Unsupported media type' },
  misdirected: { sv: 'Fel värd', en: 'Misdirected request' },
  invalid: { sv: 'Uppgifterna går inte att ta emot', en: 'The fields are not valid' },
  keyReused: { sv: 'Nyckeln är redan använd', en: 'The key is already used' },
  preconditionRequired: { sv: 'If-Match saknas', en: 'If-Match is missing' },
  tooMany: { sv: 'För många begäranden', en: 'Too many requests' },
  overloaded: { sv: 'Servern är upptagen', en: 'The server is busy' },
  internal: { sv: 'Internt fel', en: 'Internal error' },
  ignored: { sv: 'Angår inte', en: 'Of no concern' },
  unavailable: { sv: 'Inte tillgängligt just nu', en: 'Not available just now' },
} as const satisfies Record<ProblemCode, Label>;

interface More {
  readonly fields?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is turned down before the engine is asked. */
export class RequestProblem extends Error {
  readonly code: RequestCode;
  readonly says: Label;
  readonly more: More;

  constructor(code: RequestCode, says: Label, more: More = {}) {
    super(says.en);
    this.name = 'RequestProblem';
    this.code = code;
    this.says = says;
    this.more = more;
  }
}

const headersOf: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'WWW-Authenticate': 'Bearer' },
  badSignature: { 'WWW-Authenticate': 'StandardWebhooks' },
  unavailable: { 'Retry-After': '1' },
  overloaded: { 'Retry-After': '5' },
  tooMany: { 'Retry-After': '5' },
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A number that is another's own has no scheme that is registered: it is told as it is. */
const instanceOf = (requestId: string): string =>
  UUID.test(requestId) ? `urn:uuid:${requestId}` : requestId;

/** The answer to a failed request. An error that nobody foresaw is told without its details. */
export function problemResponse(error: unknown, language: Language, requestId: string): Response {
  const { code, says, particulars = {}, more = {} } = understood(error);
  const status = statusOf[code];
  const { explanation, fields = more.fields, version, actor } = particulars;
  const body = {
    type: `/problems/${code}`,
    title: titleOf[code][language],
    status,
    detail: says[language],
    instance: instanceOf(requestId),
    code,
    ...(explanation && explained(explanation, language)),
    ...(fields && { fields: fields.map((it) => ({ ...it, detail: it.detail[language] })) }),
    ...(version !== undefined && { version }),
    ...(actor !== undefined && { actor }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Language': language,
      ...headersOf[code],
      ...more.headers,
    },
  });
}

/** True for an error that nobody foresaw: the only one to be written in the server's log. */
export const isUnforeseen = (error: unknown): boolean => understood(error).code === 'internal';

interface Understood {
  readonly code: ProblemCode;
  readonly says: Label;
  readonly particulars?: Refusal['particulars'];
  readonly more?: More;
}

function understood(error: unknown): Understood {
  if (error instanceof Refusal || error instanceof RequestProblem) return error;
  if (error instanceof Away) return { code: 'unavailable', says: away };
  if (error instanceof HTTPException && error.status < 500)
    return {
      code: 'malformed',
      says: { sv: 'Begäran går inte att läsa.', en: 'The request cannot be read.' },
    };
  return {
    code: 'internal',
    says: {
      sv: 'Något gick fel hos oss. Felet är antecknat under begärans nummer.',
      en: 'Something went wrong on our side. It has been recorded under the number of the request.',
    },
  };
}

const away: Label = {
  sv: 'Databasen svarar inte just nu. Försök igen om en stund. Om något skulle ändras är det osäkert om det sparades: se efter.',
  en: 'The database does not answer just now. Try again in a moment. If something was to be changed, it is not certain that it was saved: have a look.',
};

const explained = ({ rule, cite, unmet, who, when }: Explanation, language: Language) => ({
  rule,
  cite,
  unmet: unmet.map((it) => ({ guard: it.guard, rule: it.rule, cite: it.cite, detail: it.says[language] })),
  who,
  when: { states: when.states.map((it) => it[language]), from: when.from },
});
