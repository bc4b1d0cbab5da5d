/** Every legal rule that can be watched, as observers; a rule may have several. */
import type { Observer } from './observer.ts';
import { agenda } from './observers/agenda.ts';
import { appeal } from './observers/appeal.ts';
import { automation } from './observers/automation.ts';
import { conditions } from './observers/conditions.ts';
import { consultation } from './observers/consultation.ts';
import { delegation } from './observers/delegation.ts';
import { elections } from './observers/elections.ts';
import { execution } from './observers/execution.ts';
import { finance } from './observers/finance.ts';
import { initiatives } from './observers/initiatives.ts';
import { inquiries } from './observers/inquiries.ts';
import { joint } from './observers/joint.ts';
import { meeting } from './observers/meeting.ts';
import { minority } from './observers/minority.ts';
import { minutes } from './observers/minutes.ts';
import { petitions } from './observers/petitions.ts';
import { preparation } from './observers/preparation.ts';
import { recusal } from './observers/recusal.ts';
import { regimes } from './observers/regimes.ts';
import { voting } from './observers/voting.ts';

export const observers: readonly Observer[] = [
  ...preparation,
  ...initiatives,
  ...consultation,
  ...agenda,
  ...meeting,
  ...recusal,
  ...voting,
  ...elections,
  ...minority,
  ...conditions,
  ...minutes,
  ...appeal,
  ...regimes,
  ...execution,
  ...automation,
  ...joint,
  ...delegation,
  ...finance,
  ...petitions,
  ...inquiries,
];
