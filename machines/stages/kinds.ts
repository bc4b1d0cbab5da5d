/** Every kind of stage that a route can have. To add one is a file beside this one, and a line here. */
import { answer } from './answer.ts';
import { audit } from './audit.ts';
import { callIn } from './call-in.ts';
import { consultation } from './consultation.ts';
import { delegated } from './delegated.ts';
import { initiative } from './initiative.ts';
import { inquiry } from './inquiry.ts';
import type { AnyStage, Kind } from './kind.ts';
import { meeting } from './meeting.ts';
import { negotiation } from './negotiation.ts';
import { petition } from './petition.ts';
import { planning } from './planning.ts';
import { preparation } from './preparation.ts';
import { publication } from './publication.ts';
import { received } from './received.ts';
import { remittal } from './remittal.ts';
import { resignation } from './resignation.ts';

/** What a later kind brings under a name that an earlier one has too, counts. */
export const kinds = [
  initiative,
  inquiry,
  received,
  remittal,
  preparation,
  planning,
  negotiation,
  consultation,
  audit,
  petition,
  resignation,
  meeting,
  answer,
  delegated,
  callIn,
  // It asks more of the opening of an item than those do that bring it.
  publication,
] as const;

/** The kind of a stage. @throws Error for one of no kind. */
export function kindOf({ type }: AnyStage): Kind {
  const kind = (kinds as readonly Kind[]).find((it) => it.type === type);
  if (!kind) throw new Error(`there is no kind of stage "${type}"`);
  return kind;
}
