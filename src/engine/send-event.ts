import type { Accepted, Send } from './command.ts';
import type { Engine } from './engine.ts';
import { Refusal } from './refusal.ts';

/**
 * Sends an event whose payload stands under `/payload` in a larger text: the pointers of wrong fields say so.
 * @throws Refusal as `Engine.submit` does.
 */
export async function sendEvent(engine: Engine, event: Omit<Send, 'kind'>): Promise<Accepted> {
  try {
    return await engine.submit({ ...event, kind: 'send' });
  } catch (error) {
    if (!(error instanceof Refusal && error.particulars.fields)) throw error;
    const fields = error.particulars.fields.map((it) => ({ ...it, pointer: `/payload${it.pointer}` }));
    throw new Refusal(error.code, error.says, { ...error.particulars, fields });
  }
}
