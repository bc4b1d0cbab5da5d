/** What an administrator writes: a route, and the municipality whose bodies it goes through. */
import * as z from 'zod';
import { saying } from '../label.ts';
import { Municipality } from '../municipalities/municipality.ts';
import { Route } from './route.ts';

/** `municipality` refers to one that is known; `jurisdiction` brings the data of one, or newer data. */
export const RouteDocument = z
  .strictObject({
    municipality: z.string().min(1).optional(),
    jurisdiction: Municipality.optional(),
    route: Route,
  })
  .refine(
    (it) => (it.municipality === undefined) !== (it.jurisdiction === undefined),
    saying(
      'antingen municipality, som hänvisar till en, eller jurisdiction, som har dess uppgifter med sig',
      'either municipality, which refers to one, or jurisdiction, which brings its data',
    ),
  );
export type RouteDocument = z.infer<typeof RouteDocument>;

/** The municipality that a document refers to or brings; null where nobody has the id. */
export const municipalityIn = (
  { municipality, jurisdiction }: RouteDocument,
  known: readonly Municipality[],
): Municipality | null => jurisdiction ?? known.find((it) => it.id === municipality) ?? null;
