/** What a matter's chart says of its route: the bodies that it visits, those that are asked, and what is decided how. */
import type { z } from 'zod';
import {
  type Chart,
  conjuncts,
  type JsonObject,
  statesOf,
  transitionsOf,
} from '../../../../machines/chart.ts';

/** A stage of a route that is one body's meeting. */
export interface Visit {
  readonly stage: string;
  readonly body: string;
  readonly bodyKind: string;
  /** The country whose law it is under, where that is not Sweden. */
  readonly law?: string;
  readonly role: string;
}

/** The stages of a matter's chart that are meetings, in their order. */
export const visitsOf = (chart: Chart): readonly Visit[] =>
  Object.values(chart.data.states ?? {}).flatMap(({ meta }) =>
    typeof meta?.body === 'string' ? [meta as unknown as Visit] : [],
  );

/** A stage at which bodies are asked. */
interface Hearing {
  readonly stage: string;
  readonly bodies: readonly string[];
  /** Whether it is chosen in each matter which of them are asked. */
  readonly choose: boolean;
}

/** The stages of a matter's chart at which bodies are asked, in their order. */
export const hearingsOf = (chart: Chart): readonly Hearing[] =>
  Object.values(chart.data.states ?? {}).flatMap(({ meta }) =>
    meta?.role === 'consult'
      ? [
          {
            stage: String(meta.stage),
            bodies: Object.keys(meta.consulted as JsonObject),
            choose: meta.choose === true,
          },
        ]
      : [],
  );

/** Whether the council is asked about each point by itself. */
export const asksSeparately = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.role === 'audit');

/** Whether a body exercises public authority there. */
export const isAuthority = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.concerns === 'authority');

/** Whether the council decides there what nobody has prepared. */
export const decidesUnprepared = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.unprepared === true);

/** Whether a point on the route may hold on condition of another. */
export const takesConditions = ({ data }: Chart): boolean =>
  'point.returned' in (data.states?.after?.on ?? {});

/** The committees to which the council may assign a matter. */
export const assignable = ({ events }: Chart): readonly string[] =>
  (events['initiative.assign']?.fields.shape.body as z.ZodEnum | undefined)?.options.map(String) ?? [];

/** The parameters of the guards of that name. */
export const paramsOf = ({ data }: Chart, guard: string): readonly JsonObject[] =>
  [...statesOf(data)]
    .flatMap(([, state]) => transitionsOf(state))
    .flatMap(([, it]) => (it.guard ? conjuncts(it.guard) : []))
    .flatMap(({ type, params }) => (type === guard && params ? [params] : []));
