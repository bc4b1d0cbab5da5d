/** The fields of a subscription that can be changed, as they are in a new one too. */
import type { ToldSubscription } from '../webhooks/told.ts';
import { Line, Lines, linesIn, textIn } from './hook-parts.tsx';
import type { View } from './view.ts';

/** The fields as the form sends them. */
export const termsIn = (posted: FormData) => ({
  name: textIn(posted, 'name'),
  url: textIn(posted, 'url'),
  events: linesIn(posted, 'events'),
  bodies: linesIn(posted, 'bodies'),
  routes: linesIn(posted, 'routes'),
});

/** A subscription as its form would have sent it. */
export function writtenOf({ name, url, events, bodies, routes }: ToldSubscription): FormData {
  const written = new FormData();
  const lines = { events, bodies, routes };
  for (const [field, value] of Object.entries({ name, url })) written.set(field, value);
  for (const [field, values] of Object.entries(lines)) written.set(field, values.join('\n'));
  return written;
}

export const TermsFields = ({ view: { say }, written }: { view: View; written: FormData }) => {
  const all = say('En på varje rad; tomt är alla.', 'One on each line; empty is all.');
  return (
    <>
      <Line id="name" label={say('Namn', 'Name')} value={textIn(written, 'name')} />
      <Line
        id="url"
        type="url"
        label={say('Adress', 'Address')}
        hint={say(
          'https, på det öppna nätet; andra nät om driften har tillåtit dem.',
          'https, on the public internet; other networks if the operator has allowed them.',
        )}
        value={textIn(written, 'url')}
      />
      <Lines id="events" label={say('Händelser', 'Events')} hint={all} value={textIn(written, 'events')} />
      <Lines
        id="bodies"
        label={say('Organ', 'Bodies')}
        hint={all}
        rows={2}
        value={textIn(written, 'bodies')}
      />
      <Lines
        id="routes"
        label={say('Vägar', 'Routes')}
        hint={all}
        rows={2}
        value={textIn(written, 'routes')}
      />
    </>
  );
};
