/** A matter as it is registered, with what its route demands of a point. */
import type { Chart, JsonObject } from '../../../../machines/chart.ts';
import { askedBesides } from '../../../../machines/routes/asked.ts';
import { decidingBodies } from '../../../../machines/routes/deciding.ts';
import type { PointTopic } from '../../../../machines/stages/matter/draft.ts';
import { payloadsOf } from '../../samples.ts';

/** What a point says on a route whose matters must be about it, and the actor that then carries it out. */
const topics = {
  concludes: {
    of: { contract: 'Avtal', counterparty: 'Motpart', signatory: 'Direktör', procured: false },
    by: 'agreement',
  },
  terminates: {
    of: { contract: 'Avtal', counterparty: 'Motpart', noticePeriod: { years: 1 } },
    by: 'contract',
  },
} as const satisfies Record<PointTopic, { of: JsonObject; by: string }>;

const topicOf = ({ data }: Chart): PointTopic | undefined => data.meta?.must as PointTopic | undefined;

/** What a point of the route must say, if anything. */
export function topical(chart: Chart): JsonObject {
  const must = topicOf(chart);
  return must ? { [must]: topics[must].of } : {};
}

/** The actor that carries out what a point of the route must be about, by key and chart; null where there is none. */
export function carrierOf(chart: Chart): string | null {
  const must = topicOf(chart);
  return must ? topics[must].by : null;
}

/** A matter as it is registered, with one point for the last body of its route. */
export const matterInput = (chart: Chart, point: JsonObject = {}): JsonObject => ({
  ...payloadsOf(askedBesides(chart), {})[0],
  title: 'Ärende',
  number: 'HKS 2026/1',
  proposals: [
    {
      text: 'Avtalet godkänns.',
      body: decidingBodies(chart).at(-1) ?? '',
      kind: 'decision',
      regime: 'legality',
      ...topical(chart),
      ...point,
    },
  ],
});
