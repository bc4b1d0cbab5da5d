/** Publishing a route: it is pasted or handed over as a file, proved, and published; or shown where it breaks. */
import type { Context } from 'hono';
import { raw } from 'hono/html';
import { composeRoute } from '../../machines/routes/compose.ts';
import { municipalityIn, RouteDocument } from '../../machines/routes/document.ts';
import { type FieldError, Refusal } from '../engine/refusal.ts';
import { drawRoute } from '../views/drawing.ts';
import { DocumentForm, documentIn } from './document-form.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { jsonIn, postedForm } from './posted.ts';
import { Refused, statusOf } from './refusal.tsx';
import { Scroll } from './scroll.tsx';
import { type Env, senderOf, type View, viewIn } from './view.ts';

export const newRoutePage = (c: Context<Env>) => c.html(<NewRoutePage view={viewIn(c)} text="" />);

export const publishRoute = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { catalogue, db, source, prove } = view.services;
  const text = await documentIn(await postedForm(c));
  try {
    const { version } = await catalogue.publish(db, jsonIn(text), {
      sender: senderOf(view),
      now: source.now(),
      prove,
    });
    rememberDone(c, 'route.published');
    return c.redirect(`/routes/${version.jurisdiction.id}/${version.route.name}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const picture = await drawn(view, text, refusal.particulars.fields ?? []);
    return c.html(
      <NewRoutePage view={view} text={text} refusal={refusal} picture={picture} />,
      statusOf[refusal.code],
    );
  }
};

/** The first path that shows a fault, drawn on the chart of the route; null where there is none to draw. */
async function drawn(view: View, text: string, faults: readonly FieldError[]): Promise<string | null> {
  const path = faults.find((it) => it.path !== undefined && it.path.length > 0)?.path;
  if (!path) return null;
  // What has a path was parsed and composed before.
  const document = RouteDocument.parse(JSON.parse(text));
  const municipality = municipalityIn(document, view.services.municipalities);
  if (!municipality) return null;
  const chart = composeRoute(document.route, municipality);
  return drawRoute(chart, path, view.language).catch((error: unknown) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
}

interface NewRouteProps {
  readonly view: View;
  /** What was written, to be corrected. */
  readonly text: string;
  readonly refusal?: Refusal;
  readonly picture?: string | null;
}

const NewRoutePage = ({ view, text, refusal, picture = null }: NewRouteProps) => {
  const { say } = view;
  const title = say('Publicera en väg', 'Publish a route');
  return (
    <Page view={view} title={title} above={[{ href: '/routes', text: say('Vägar', 'Routes') }]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Vägen prövas först: varje tänkbar gång genom den hålls mot reglerna. Det kan ta en halv minut: sidan svarar när det är gjort. Det som är publicerat ändras inte.',
          'The route is proved first: every way through it is held against the rules. It can take half a minute: the page answers when it is done. What is published does not change.',
        )}
      </p>
      {refusal && <Faults view={view} refusal={refusal} picture={picture} />}
      <DocumentForm view={view} label={say('Vägen som JSON', 'The route as JSON')} text={text}>
        {say('Pröva och publicera', 'Prove and publish')}
      </DocumentForm>
    </Page>
  );
};

interface FaultsProps {
  readonly view: View;
  readonly refusal: Refusal;
  readonly picture: string | null;
}

const Faults = ({ view, refusal, picture }: FaultsProps) => {
  const { say } = view;
  const faults = refusal.particulars.fields ?? [];
  return (
    <>
      <Refused view={view} refusal={refusal} links={[]} />
      {picture && (
        <section class="stack" aria-labelledby="counterexample">
          <h2 class="ds-heading" data-size="sm" id="counterexample">
            {say('En väg som visar felet', 'A path that shows the fault')}
          </h2>
          <Scroll
            kind="drawing"
            label={say('Bild av vägen; stegen står nedan', 'Picture of the path; its steps are below')}
          >
            {raw(picture)}
          </Scroll>
        </section>
      )}
      {faults.length > 0 && (
        <ol class="rows faults">
          {faults.map(({ pointer, detail }) => {
            const [what, ...path] = view.say(detail).split('\n');
            return (
              <li>
                <p>
                  {pointer && <code>{pointer}</code>} {what}
                </p>
                {path.length > 0 && <pre>{path.join('\n')}</pre>}
              </li>
            );
          })}
        </ol>
      )}
    </>
  );
};
