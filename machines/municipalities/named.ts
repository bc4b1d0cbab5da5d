/** How things are named in the data of municipalities and routes. */
import * as z from 'zod';

/** Short enough for the id of an actor that is made of several. */
export const id = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);

/** As long as a line of an event may be. */
export const name = z.string().min(1).max(300);

export const label = z.strictObject({ sv: name, en: name });
