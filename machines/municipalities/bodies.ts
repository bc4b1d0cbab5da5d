/** Which body of a municipality is meant. */
import { isAmong } from '../person.ts';
import type { Municipality } from './municipality.ts';

/** The id of the body that a text names by its id or its name, however it is written; else the text as it stands. */
export const bodyMeant = (text: string, { bodies }: Pick<Municipality, 'bodies'>): string =>
  bodies.find(({ id, label }) => isAmong([id, label.sv, label.en], text))?.id ?? text;
