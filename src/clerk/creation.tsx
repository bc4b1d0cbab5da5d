/** Starting a record with a form: first where it belongs, then its words, and an answer to what is wrong. */
import type { Context } from 'hono';
import type * as z from 'zod';
import type { JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { rolesOf } from '../access/grant.ts';
import type { Start } from '../engine/command.ts';
import type { Offer } from '../engine/openings.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { withDeferred } from '../views/deferred.ts';
import { assertSingleMatter } from '../views/single-matter.ts';
import { type Choices, type Hints, idOf } from './form/around.ts';
import { type Attempt, keyOf, sameKey } from './form/event-form.tsx';
import { type Field, fieldsOf } from './form/field.ts';
import { Enter, Fields } from './form/fields.tsx';
import { readFields } from './form/read.ts';
import { rowsAsked, shownAgain } from './form/rows.ts';
import { rememberDone } from './identity.tsx';
import { type Crumb, Page } from './layout.tsx';
import { onceOnly, postedForm } from './posted.ts';
import { problemsOf, Refused, statusOf } from './refusal.tsx';
import { type Env, senderOf, type View, viewIn } from './view.ts';

export interface Creation {
  readonly title: Label;
  /** Who may start it (rulebook section 3). */
  readonly by: readonly Role[];
  readonly above: (view: View) => readonly Crumb[];
  /** Where it can be started: each place with its name in words. */
  readonly places: (view: View) => readonly { readonly value: string; readonly text: string }[];
  /** The municipality of a place; null where a place is not of one. */
  readonly tenantOf: (place: string) => string | null;
  readonly place: Label;
  readonly words: (view: View, place: string) => z.ZodObject;
  readonly choices: (view: View, place: string) => Choices | Promise<Choices>;
  readonly hints: (view: View) => Hints;
  readonly suggested: (view: View, place: string) => JsonObject | Promise<JsonObject>;
  /** @throws Refusal `invalid`. */
  readonly open: (offer: Offer, place: string, words: JsonObject) => Omit<Start, 'sender'>;
  /** What is said when it is done, and where one lands. */
  readonly done: string;
  readonly at: string;
}

const mayStart = ({ viewer }: Pick<View, 'viewer'>, { by }: Creation): boolean =>
  rolesOf(viewer.grants).some((role) => by.includes(role));

interface StartLinkProps {
  readonly view: View;
  readonly creation: Creation;
  readonly quiet?: boolean;
  /** The place to start it, where the page knows. */
  readonly at?: string;
}

/** The way to the form, for those who may use it. */
export const StartLink = ({ view, creation, quiet, at }: StartLinkProps) =>
  mayStart(view, creation) ? (
    <a
      class="ds-button"
      data-variant={quiet ? 'secondary' : 'primary'}
      href={`${creation.at}/new${at === undefined ? '' : `?at=${encodeURIComponent(at)}`}`}
    >
      {view.say(creation.title)}
    </a>
  ) : null;

/** The places of the viewer's own municipalities. */
const placesOf = (view: View, { places, tenantOf }: Creation) =>
  places(view).filter(({ value }) => {
    const tenant = tenantOf(value);
    return tenant === null || view.viewer.grants.some((it) => it.tenant === tenant);
  });

/** The place asked for in the address, or null where none of that name exists. */
const placeAsked = (c: Context<Env>, creation: Creation) =>
  placesOf(viewIn(c), creation).find((it) => it.value === c.req.query('at')) ?? null;

const fieldsIn = (view: View, { words }: Creation, place: string): readonly Field[] =>
  fieldsOf(words(view, place).toJSONSchema({ io: 'input' }) as JsonObject);

export const showCreation = (creation: Creation) => async (c: Context<Env>) => {
  const view = viewIn(c);
  if (!mayStart(view, creation)) return c.html(<NotYours view={view} creation={creation} />, 403);
  const place = placeAsked(c, creation);
  if (!place) return c.html(<PlacePage view={view} creation={creation} />);
  const draft = await creation.suggested(view, place.value);
  const begun = { draft, errors: new Map(), rows: new Map() };
  return c.html(await creationPage({ view, creation, place, attempt: begun }));
};

export const create = (creation: Creation) => async (c: Context<Env>) => {
  const view = viewIn(c);
  const place = placeAsked(c, creation);
  if (!place) return c.redirect(new URL(c.req.url).pathname, 303);
  const posted = await postedForm(c);
  const fields = fieldsIn(view, creation, place.value);
  const rows = rowsAsked(posted.get('_rows'));
  const draft = readFields(fields, posted, rows !== null);
  if (rows) {
    const attempt = shownAgain(fields, draft, rows);
    return c.html(await creationPage({ view, creation, place, attempt }));
  }
  try {
    const { actor } = await start(view, creation, place.value, draft, posted);
    rememberDone(c, creation.done);
    return c.redirect(`${creation.at}/${actor}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const refusal = error.code === 'keyReused' ? sentBefore() : error;
    const errors = problemsOf(view, fields, draft, refusal.particulars.fields ?? []);
    const attempt = { draft, errors, rows: new Map(), ...sameKey(refusal, posted) };
    return c.html(await creationPage({ view, creation, place, attempt, refusal }), statusOf[refusal.code]);
  }
};

/** Whoever goes back to the form may mean the same record, or one more. */
const sentBefore = (): Refusal =>
  new Refusal('keyReused', {
    sv: 'Det här formuläret är redan skickat, med andra uppgifter. Skicka igen om det ska bli en registrering till.',
    en: 'This form has been sent already, with other particulars. Send it again if this is another one.',
  });

async function start(view: View, creation: Creation, place: string, draft: JsonObject, posted: FormData) {
  const { municipalities, source, engine } = view.services;
  const offer = { municipalities, registry: source.registry, now: source.now() };
  const words = parseFields(creation.words(view, place), draft);
  const opening = await withDeferred(source, creation.open(offer, place, words));
  await assertSingleMatter(source, opening);
  return engine.submit({
    ...opening,
    sender: senderOf(view),
    ...onceOnly(view, posted, { at: creation.at, place, draft }),
  });
}

/** Nobody fills in a form that would be refused. */
const NotYours = ({ view, creation }: { view: View; creation: Creation }) => (
  <Page view={view} title={view.say(creation.title)} above={creation.above(view)}>
    <h1 class="ds-heading" data-size="lg">
      {view.say(creation.title)}
    </h1>
    <p>
      {view.say('Det här kan göras av', 'This can be done by')}:{' '}
      {creation.by.map((it) => view.say(roles[it]).toLowerCase()).join(', ')}.
    </p>
  </Page>
);

const PlacePage = ({ view, creation }: { view: View; creation: Creation }) => (
  <Page view={view} title={view.say(creation.title)} above={creation.above(view)}>
    <h1 class="ds-heading" data-size="lg">
      {view.say(creation.title)}
    </h1>
    <form method="get" class="ds-card narrow stack">
      <div class="ds-field">
        <label class="ds-label" for="at">
          {view.say(creation.place)}
        </label>
        <select class="ds-input" id="at" name="at">
          {placesOf(view, creation).map((it) => (
            <option value={it.value}>{it.text}</option>
          ))}
        </select>
      </div>
      <div>
        <button class="ds-button" type="submit">
          {view.say('Fortsätt', 'Continue')}
        </button>
      </div>
    </form>
  </Page>
);

interface CreationProps {
  readonly view: View;
  readonly creation: Creation;
  readonly place: { readonly value: string; readonly text: string };
  readonly attempt: Attempt;
  readonly refusal?: Refusal;
  readonly choices: Choices;
}

const creationPage = async (props: Omit<CreationProps, 'choices'>) => (
  <CreationPage {...props} choices={await props.creation.choices(props.view, props.place.value)} />
);

const CreationPage = ({ view, creation, place, attempt, refusal, choices }: CreationProps) => {
  const around = {
    form: 'new',
    say: view.say,
    today: view.today,
    choices,
    hints: creation.hints(view),
    errors: attempt.errors,
    rows: attempt.rows,
  };
  const links = [...around.errors].map(([path, text]) => ({ href: `#${idOf(around, path)}`, text }));
  return (
    <Page view={view} title={view.say(creation.title)} above={creation.above(view)}>
      <h1 class="ds-heading" data-size="lg">
        {view.say(creation.title)}
      </h1>
      <p class="lead">
        {place.text} ·{' '}
        <a class="ds-link" href="?">
          {view.say('Byt', 'Change')}
        </a>
      </p>
      {refusal && <Refused view={view} refusal={refusal} links={links} />}
      <form
        method="post"
        action={`?at=${encodeURIComponent(place.value)}`}
        class="ds-card narrow stack"
        data-shown-again
        data-sent-once
      >
        <Enter />
        <input type="hidden" name="_key" value={keyOf(attempt)} />
        <Fields fields={fieldsIn(view, creation, place.value)} values={attempt.draft} around={around} />
        <div>
          <button class="ds-button" type="submit">
            {view.say(creation.title)}
          </button>
        </div>
      </form>
    </Page>
  );
};
