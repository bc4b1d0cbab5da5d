/** What a route asks for when a matter is registered on it, beside what every matter is registered with. */
import * as z from 'zod';
import type { Chart } from '../chart.ts';
import { MatterInput } from '../stages/matter/draft.ts';

/** Its fields are the route's own; it has none for most routes. */
export const askedBesides = ({ input }: Pick<Chart, 'input'>): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(Object.entries(input.shape).filter(([name]) => !(name in MatterInput.shape))),
  );
