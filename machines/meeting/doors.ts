/** Whether the public is let in: a council meets in public, a committee only with its consent (KL 5:42, 6:25; R-034). */
import { type Guard, guard } from '../chart.ts';
import { oneOf, yesNo } from '../events.ts';
import type { MeetingContext } from './memory.ts';

/** Of an item: whether its deliberation is public, and whether it has secret data. */
export interface Doors {
  readonly doors?: 'open' | 'closed';
  readonly secret?: boolean;
}

export const doorFields = {
  doors: oneOf('Dörrar', 'Doors', {
    open: { sv: 'öppna', en: 'open' },
    closed: { sv: 'stängda', en: 'closed' },
  }).optional(),
  secret: yesNo('Uppgifter som omfattas av sekretess', 'Secret data').optional(),
};

/** Where nothing is said, a council is public and a committee is not. */
export const isPublic = ({ kind }: MeetingContext, { doors }: Doors): boolean =>
  (doors ?? (kind === 'council' ? 'open' : 'closed')) === 'open';

export const isCommitteeInPublic = (context: MeetingContext, event: Doors): boolean =>
  context.kind !== 'council' && isPublic(context, event);

export const doorGuards: Readonly<Record<string, Guard>> = {
  mayMeetInPublic: guard<MeetingContext, Doors>({
    rule: 'R-034',
    version: 1,
    says: {
      sv: 'Fullmäktige har inte medgett att organet håller öppna sammanträden.',
      en: 'The council has not let the body meet in public.',
    },
    holds: (context, event) => context.openDoors || !context.swedish || !isCommitteeInPublic(context, event),
  }),
  closedForSecrets: guard<MeetingContext, Doors>({
    rule: 'R-034',
    version: 1,
    says: {
      sv: 'Ärendet har uppgifter som omfattas av sekretess: dörrarna ska vara stängda.',
      en: 'The item has secret data: the doors must be closed.',
    },
    holds: (context, event) => event.secret !== true || !isPublic(context, event),
  }),
};
