/** New records: what people say of them, completed by the municipality's data. */
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { JsonObject } from '../../machines/chart.ts';
import type { Start } from '../engine/command.ts';
import {
  type DelegationWords,
  type JointMatterWords,
  type MatterWords,
  type MeetingWords,
  type Offer,
  openDelegation,
  openJointMatter,
  openMatter,
  openMeeting,
} from '../engine/openings.ts';
import { parseFields } from '../engine/parse.ts';
import type { Services } from '../services.ts';
import { withDeferred } from '../views/deferred.ts';
import type { RecordFilter } from '../views/lists.ts';
import { assertSingleMatter } from '../views/single-matter.ts';
import { jsonOf } from './body.ts';
import { collections, idOf } from './collections.ts';
import { changedHeaders, idempotencyOf } from './conditions.ts';
import { type Env, senderOf, sourceFor } from './context.ts';
import { answer, bodyOf, changed, problems, told, withKey } from './describe.ts';
import * as examples from './examples.ts';
import { itemIn } from './item.ts';
import { items } from './record-examples.ts';
import { NewDelegation, NewJointMatter, NewMatter, NewMeeting } from './requests.ts';
import { Item } from './schemas.ts';

type Kind = RecordFilter['kind'];

interface Starting {
  readonly body: z.ZodObject;
  /** The name of the body among the components of the description. */
  readonly component: string;
  readonly example: object;
  open(offer: Offer, words: JsonObject): Omit<Start, 'sender'>;
}

/** How each kind of record is started. What was parsed by a body's schema has the shape of its words. */
const starts: Readonly<Record<Kind, Starting>> = {
  matters: {
    body: NewMatter,
    component: 'NewMatter',
    example: examples.newMatter,
    open: (offer, words) => openMatter(offer, words as MatterWords),
  },
  meetings: {
    body: NewMeeting,
    component: 'NewMeeting',
    example: examples.newMeeting,
    open: (offer, words) => openMeeting(offer, words as unknown as MeetingWords),
  },
  'joint-matters': {
    body: NewJointMatter,
    component: 'NewJointMatter',
    example: examples.newJointMatter,
    open: (offer, words) => openJointMatter(offer, words as unknown as JointMatterWords),
  },
  delegations: {
    body: NewDelegation,
    component: 'NewDelegation',
    example: examples.newDelegation,
    open: (offer, words) => openDelegation(offer, words as unknown as DelegationWords),
  },
};

export function creation(services: Services) {
  const { engine, source, municipalities } = services;
  const api = new OpenAPIHono<Env>();
  for (const [kind, { body, open }] of Object.entries(starts) as [Kind, Starting][])
    api.openapi(creationOf(kind), async (c) => {
      const raw = await jsonOf(c);
      const idempotency = idempotencyOf(c, raw);
      const offer = { municipalities, registry: source.registry, now: source.now() };
      const opening = await withDeferred(source, open(offer, parseFields(body, raw)));
      await assertSingleMatter(source, opening);
      const accepted = await engine.submit({ ...opening, sender: senderOf(c), idempotency });
      const made = await itemIn(sourceFor(c, source), services, kind, accepted.actor);
      const headers = changedHeaders({ ...accepted, version: made.version });
      return c.json(made, 201, { Location: `/v1/${kind}/${made.id}`, ...headers });
    });
  return api;
}

export const creationOf = <In extends Kind>(kind: In) =>
  createRoute({
    method: 'post',
    path: `/${kind}` as const,
    ...told(
      idOf('create', kind),
      kind,
      {
        sv: `Nytt: ${collections[kind].one.sv.toLowerCase()}`,
        en: `New ${collections[kind].one.en.toLowerCase()}`,
      },
      {
        sv: 'Uppgifter som utelämnas fylls i från kommunens egna: diarienumret ur serien, ett organs platser och justerare. En begäran som upprepas när posten under tiden har sekretessmarkerats för den som frågar är 404.',
        en: "What is left out comes from the municipality's own data: the number from its series, a body's seats and approvers. A request that is repeated when the record has been marked as confidential meanwhile, to someone who does not see it, is 404.",
      },
    ),
    parameters: withKey,
    request: { body: bodyOf(starts[kind].component, { example: starts[kind].example }) },
    responses: {
      201: {
        ...answer(Item, items[kind], { sv: 'Registrerat.', en: 'Registered.' }),
        headers: { ...changed, Location: { description: 'URL', schema: { type: 'string' as const } } },
      },
      ...problems(
        'malformed',
        'keyRequired',
        'forbidden',
        'notFound',
        'refused',
        'exists',
        'tooLarge',
        'unsupportedMediaType',
        'invalid',
        'keyReused',
      ),
    },
  });
