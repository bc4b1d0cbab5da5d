/** Small texts that several pages share. */
import type { Services } from '../services.ts';
import { type Language, sayIn } from './language.ts';

/** Acts that are no events of a chart. */
const acts: Readonly<Record<string, { readonly sv: string; readonly en: string }>> = {
  'matter.registered': { sv: 'Ärendet är registrerat.', en: 'The matter is registered.' },
  'jointMatter.started': {
    sv: 'Det gemensamma ärendet är registrerat.',
    en: 'The joint matter is registered.',
  },
  'clock.moved': { sv: 'Klockan är framställd.', en: 'The clock has been put forward.' },
  'clock.stays': {
    sv: 'Klockan står kvar: ange en dag som kommer, inom två år.',
    en: 'The clock stays as it is: state a day that is to come, within two years.',
  },
  'route.published': { sv: 'Vägen är prövad och publicerad.', en: 'The route is proved and published.' },
  'move.published': {
    sv: 'Planen är publicerad. Inget är flyttat ännu.',
    en: 'The plan is published. Nothing has been moved yet.',
  },
  'move.run': { sv: 'En omgång är genomförd.', en: 'A batch has been carried out.' },
  'deadline.tried': { sv: 'Fristen är verkställd.', en: 'The deadline has been carried out.' },
  'webhook.queued': { sv: 'Meddelandet står i kö.', en: 'The message is queued.' },
  'webhook.changed': { sv: 'Ändringen är sparad.', en: 'The change is saved.' },
  'webhook.tried': { sv: 'Meddelandet är prövat på nytt.', en: 'The message has been tried again.' },
  'session.ended': { sv: 'Inloggningen är avslutad.', en: 'The session is ended.' },
  'account.changed': { sv: 'Kontot är ändrat.', en: 'The account is changed.' },
  'account.closed': { sv: 'Kontot är stängt.', en: 'The account is closed.' },
  'token.revoked': { sv: 'Nyckeln är återkallad.', en: 'The token is revoked.' },
  'delegation.given': { sv: 'Delegationen är registrerad.', en: 'The delegation is registered.' },
  'meeting.planned': { sv: 'Sammanträdet är planerat.', en: 'The meeting is planned.' },
};

/** Confirms what has been done: an act, or the type of an event. Null for what is neither. */
export function doneText(
  { source }: Pick<Services, 'source'>,
  language: Language,
  what: string,
): string | null {
  const say = sayIn(language);
  const act = Object.hasOwn(acts, what) ? acts[what] : undefined;
  if (act) return say(act);
  const chart = source.registry.all().find((it) => Object.hasOwn(it.events, what));
  const event = chart?.events[what];
  return event ? `${say('Sparat', 'Saved')}: ${say(event.label)}.` : null;
}
