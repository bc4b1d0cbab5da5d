/**
 * In what a committee lets others decide (KL 6:37): the groups of matters of its delegation scheme, as data. Who has
 * been given the power in which of them, how far and for how long, is in the register (`actors/delegation.ts`).
 */
import * as z from 'zod';
import { id, label } from './named.ts';

export const MatterGroup = z.strictObject({
  id,
  /** The committee whose power it is. */
  body: id,
  /** Its number in the scheme, and what may be decided. */
  label,
  /** Notified to the committee and in its minutes, or in minutes of its own. */
  recorded: z.enum(['notified', 'separately']).default('notified'),
  /** For matters that cannot wait for the committee. */
  urgent: z.boolean().default(false),
  remark: z.string().min(1).max(1000).optional(),
});
export type MatterGroup = z.infer<typeof MatterGroup>;
