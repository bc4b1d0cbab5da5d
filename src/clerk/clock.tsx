/** The demonstration's clock, on every page: what time it is, and a form that puts it forward. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { rememberDone } from './identity.tsx';
import { postedForm } from './posted.ts';
import { type Env, safeReturn, viewIn } from './view.ts';

/** Takes the day of the form. One that is not to come, or is too far away, leaves the clock as it is. */
export async function putClockForward(c: Context<Env>) {
  const { services } = viewIn(c);
  const posted = await postedForm(c);
  try {
    await services.goToDay(String(posted.get('date')));
    rememberDone(c, 'clock.moved');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    rememberDone(c, 'clock.stays');
  }
  return c.redirect(safeReturn(posted.get('_return')), 303);
}
