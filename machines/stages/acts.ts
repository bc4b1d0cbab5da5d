/** The acts that end any matter, whatever its route. To add one is a file in `acts/`, and a line here. */
import type { Act } from './acts/act.ts';
import { converted } from './acts/converted.ts';
import { betweenMatters } from './acts/into-another.ts';
import { joined } from './acts/joined.ts';
import { lapsed } from './acts/lapsed.ts';
import { overtaken } from './acts/overtaken.ts';

export const acts: readonly Act[] = [joined, overtaken, converted, betweenMatters, lapsed];
