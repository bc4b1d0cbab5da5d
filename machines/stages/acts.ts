/** The acts on any matter, whatever its route. To add one is a file in `acts/`, and a line here. */
import type { Act } from './acts/act.ts';
import { converted } from './acts/converted.ts';
import { discharged } from './acts/discharged.ts';
import { betweenMatters } from './acts/into-another.ts';
import { joined } from './acts/joined.ts';
import { lapsed } from './acts/lapsed.ts';
import { overtaken } from './acts/overtaken.ts';
import { recalled } from './acts/recalled.ts';
import { referredOut } from './acts/referred-out.ts';
import { secret } from './acts/secret.ts';
import { transferred } from './acts/transferred.ts';
import type { VisitAct } from './acts/visit-act.ts';

/** Those that are possible wherever the matter is. */
export const acts: readonly Act[] = [joined, overtaken, converted, betweenMatters, lapsed, secret];

/** Those that belong to a visit to a body. */
export const visitActs: readonly VisitAct[] = [recalled, discharged, transferred, referredOut];
