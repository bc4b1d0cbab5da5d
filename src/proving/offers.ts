/** What may be sent to an actor from outside all that is explored: who may send what, with which payloads. */
import type { JsonObject, Origin } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import type { Grants } from '../access/grant.ts';
import { authorise, parseFields } from '../engine/parse.ts';
import type { Snapshot } from '../engine/transition.ts';
import { type Model, payloadsFor } from './model.ts';
import { type Sent, TODAY } from './sent.ts';

/** One thing that may be sent to the actor in a state. */
export interface Offer {
  readonly event: Sent;
  /** The event as text, by which its effect is remembered. */
  readonly key: string;
  /** Whence it may come. */
  readonly origins: readonly Origin[];
}

const ORIGINS: readonly Origin[] = ['person', 'integration', 'timer'];
/** A message follows from what someone or something else did: to every rule a timer is no better than an integration. */
const BEHIND_MESSAGES: readonly Origin[] = ['person', 'timer'];

/** What is proved holds in every municipality and for every body. */
const HERE = { tenant: '', body: null };

const inRoles = (roles: readonly Role[]): Grants => [
  { tenant: HERE.tenant, roles, bodies: 'all', confidential: true },
];

export class Offers {
  readonly #model: Model;
  /** The messages that anyone may send; the others come from actors that are explored together with this one. */
  readonly #isOpen: (type: string) => boolean;
  readonly #byType = new Map<string, readonly Offer[]>();

  constructor(model: Model, isOpen: (type: string) => boolean) {
    this.#model = model;
    this.#isOpen = isOpen;
  }

  /** What the state has a transition for, whether or not its guard holds. @throws Refusal for a payload of the model. */
  in(snapshot: Snapshot): readonly Offer[] {
    const types = new Set(snapshot._nodes.flatMap((node) => [...node.transitions.keys()]));
    const { admits } = this.#model;
    return [...types]
      .flatMap((type) => this.#of(type))
      .filter(({ event }) => admits?.(event.type, event, snapshot.context as JsonObject) ?? true);
  }

  #of(type: string): readonly Offer[] {
    const known = this.#byType.get(type);
    if (known) return known;
    const origins = this.#originsOf(type);
    const offers = (origins.length > 0 ? this.#eventsOf(type) : []).map((event) => ({
      event,
      key: JSON.stringify(event),
      origins,
    }));
    this.#byType.set(type, offers);
    return offers;
  }

  #eventsOf(type: string): readonly Sent[] {
    const declared = this.#model.chart.events[type];
    if (declared?.register) return [];
    if (!declared) return [{ lastDay: TODAY, type }];
    return payloadsFor(this.#model, type).map((payload) => ({
      ...parseFields(declared.fields, payload),
      type,
    }));
  }

  /** Deadlines come from the timer; a message that is open may follow from anything; the rest must be authorised. */
  #originsOf(type: string): readonly Origin[] {
    const declared = this.#model.chart.events[type];
    if (!declared) return ['timer'];
    if (declared.kind === 'message') return this.#isOpen(type) ? BEHIND_MESSAGES : [];
    const roles: Readonly<Record<Origin, readonly Role[]>> = {
      person: declared.by,
      integration: ['integration'],
      timer: [],
    };
    return ORIGINS.filter((origin) => {
      try {
        authorise(
          declared,
          type,
          { id: '', name: 'someone', origin, grants: inRoles(roles[origin]) },
          HERE,
          'committee',
        );
        return true;
      } catch {
        return false;
      }
    });
  }
}
