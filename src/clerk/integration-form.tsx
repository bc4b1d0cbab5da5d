/** A system that tells us of what has happened: declared, or changed. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { assertAdministersAny } from '../webhooks/administration.ts';
import { addSystem, changeSystem, eventsForSystems, type ToldIntegration } from '../webhooks/integrations.ts';
import {
  Faults,
  Field,
  Line,
  Lines,
  linesIn,
  MunicipalityField,
  SecretPage,
  textIn,
  webhooksCrumb,
} from './hook-parts.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { shownOnce } from './once.ts';
import { jsonIn, postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const newIntegrationPage = (c: Context<Env>) => {
  const view = viewIn(c);
  assertAdministersAny(view.viewer);
  return c.html(<NewIntegrationPage view={view} written={new FormData()} />);
};

export const createIntegration = async (c: Context<Env>) => {
  const view = viewIn(c);
  const posted = await postedForm(c);
  try {
    const { integration, secret } = await addSystem(view.services.webhooks, view.viewer, {
      name: textIn(posted, 'name'),
      municipality: textIn(posted, 'municipality'),
      ...declaredIn(posted),
    });
    const title = view.say('Systemet är anmält', 'The system is declared');
    const href = `/integrations/${integration.name}`;
    return shownOnce(c, <SecretPage view={view} title={title} secret={secret} href={href} />);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return c.html(
      <NewIntegrationPage view={view} written={posted} refusal={refusal} />,
      statusOf[refusal.code],
    );
  }
};

/** Takes the form of a system that is there. @throws Refusal as the change does. */
export async function changeIntegrationBy(
  c: Context<Env>,
  name: string,
  posted: FormData,
): Promise<Response> {
  const view = viewIn(c);
  const state = textIn(posted, 'state');
  await changeSystem(view.services.webhooks, view.viewer, name, { ...declaredIn(posted), state });
  rememberDone(c, 'webhook.changed');
  return c.redirect(`/integrations/${name}`, 303);
}

/** @throws Refusal `invalid` for a mapping that is no JSON. */
const declaredIn = (posted: FormData) => ({
  label: { sv: textIn(posted, 'sv'), en: textIn(posted, 'en') },
  events: linesIn(posted, 'events'),
  mapping: mappingIn(posted),
});

const mappingIn = (posted: FormData): unknown => {
  const text = textIn(posted, 'mapping');
  return text === '' ? null : jsonIn(text, '/mapping');
};

interface NewProps {
  readonly view: View;
  readonly written: FormData;
  readonly refusal?: Refusal;
}

const NewIntegrationPage = ({ view, written, refusal }: NewProps) => {
  const { say } = view;
  const title = say('Anmäl ett system', 'Declare a system');
  const value = (name: string) => textIn(written, name);
  return (
    <Page view={view} title={title} above={[webhooksCrumb(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Ett annat system får säga vad som har hänt, aldrig besluta (R-093). Det som kommer in sparas som inkommen handling (R-119).',
          'Another system may tell what has happened, never decide (R-093). What comes in is kept as a received document (R-119).',
        )}
      </p>
      {refusal && <Faults view={view} refusal={refusal} />}
      <form method="post" class="ds-card stack">
        <MunicipalityField view={view} value={value('municipality')} />
        <Line
          id="name"
          label={say('Beteckning', 'Short name')}
          hint={say('Små bokstäver, siffror och bindestreck.', 'Small letters, digits and hyphens.')}
          value={value('name')}
        />
        <Declared
          view={view}
          sv={value('sv')}
          en={value('en')}
          events={value('events')}
          mapping={value('mapping')}
        />
        <div>
          <button class="ds-button" type="submit">
            {say('Anmäl', 'Declare')}
          </button>
        </div>
      </form>
      <EventsThatAre view={view} />
    </Page>
  );
};

interface DeclaredProps {
  readonly view: View;
  readonly sv: string;
  readonly en: string;
  readonly events: string;
  readonly mapping: string;
}

const Declared = ({ view, sv, en, events, mapping }: DeclaredProps) => {
  const { say } = view;
  return (
    <>
      <Line id="sv" label={say('Namn på svenska', 'Name in Swedish')} value={sv} />
      <Line id="en" label={say('Namn på engelska', 'Name in English')} value={en} />
      <Lines
        id="events"
        label={say('Händelser', 'Events')}
        hint={say('En på varje rad.', 'One on each line.')}
        value={events}
      />
      <Lines
        id="mapping"
        rows={10}
        label={say('Hur dess meddelanden läses, som JSON', 'How its messages are read, as JSON')}
        hint={say(
          'Tomt om de skrivs som våra: actor, type och payload.',
          'Empty if they are written as ours: actor, type and payload.',
        )}
        value={mapping}
      />
    </>
  );
};

/** What can be changed of a system that is there. */
export const ChangeForm = ({ view, integration }: { view: View; integration: ToldIntegration }) => {
  const { say } = view;
  const { label, events, mapping, state } = integration;
  return (
    <form method="post" action={`/integrations/${integration.name}`} class="ds-card stack">
      <input type="hidden" name="act" value="change" />
      <Declared
        view={view}
        sv={label.sv}
        en={label.en}
        events={events.join('\n')}
        mapping={mapping ? JSON.stringify(mapping, null, 2) : ''}
      />
      <Field id="state" label={say('Läge', 'State')}>
        <select class="ds-input" id="state" name="state">
          <option value="active" selected={state === 'active'}>
            {say('Hörs', 'Is heard')}
          </option>
          <option value="disabled" selected={state === 'disabled'}>
            {say('Avslagen', 'Switched off')}
          </option>
        </select>
      </Field>
      <div>
        <button class="ds-button" type="submit">
          {say('Spara', 'Save')}
        </button>
      </div>
    </form>
  );
};

const EventsThatAre = ({ view }: { view: View }) => (
  <details class="ds-details folded">
    <summary>{view.say('Händelser som ett system får sända', 'Events that a system may send')}</summary>
    <ul class="plain">
      {eventsForSystems(view.services.source.registry).map(({ type, label }) => (
        <li>
          <code>{type}</code> {view.say(label)}
        </li>
      ))}
    </ul>
  </details>
);
