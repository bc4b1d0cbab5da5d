import { type Guard, guard } from '../../chart.ts';
import type { Label } from '../../label.ts';
import { ofCommittees } from '../../law/elsewhere.ts';
import { isAmong } from '../../person.ts';
import type { MatterContext } from '../matter.ts';

export const noMotion = { sv: 'Den som är jävig yrkar inget.', en: 'One who is recused makes no motion.' };

/** Asked of an event that names people: none of them is recused, however the names are written. */
export const byOthers = <Event>(says: Label, namedBy: (event: Event) => readonly string[]): Guard =>
  guard<MatterContext, Event>({
    rule: 'R-037',
    instead: ofCommittees('R-038'),
    version: 1,
    says,
    holds: ({ recused }, event) => namedBy(event).every((it) => !isAmong(recused, it)),
  });
