/** The accessibility statement that the law asks of a municipality's digital service. */
import type { Context } from 'hono';
import { Page } from './layout.tsx';
import { RuleLink } from './refusal.tsx';
import { type Env, viewIn } from './view.ts';

export const accessibilityPage = (c: Context<Env>) => {
  const view = viewIn(c);
  const { say } = view;
  const title = say('Tillgänglighet', 'Accessibility');
  return c.html(
    <Page view={view} title={title} above={[]}>
      <article class="prose">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p class="lead">
          {say(
            'Sidorna ska gå att använda för alla. De är byggda efter WCAG 2.1, nivå AA.',
            'The pages are for everyone. They are built to WCAG 2.1, level AA.',
          )}{' '}
          <RuleLink rule="R-130" view={view} />
        </p>
        <h2 class="ds-heading" data-size="sm">
          {say('Så fungerar de', 'How they work')}
        </h2>
        <ul class="ds-list">
          <li>
            {say(
              'Allt går att göra med tangentbord, och utan JavaScript.',
              'Everything can be done by keyboard, and without JavaScript.',
            )}
          </li>
          <li>
            {say(
              'Varje bild av en väg har en tabell som säger samma sak.',
              'Every picture of a path has a table that says the same.',
            )}
          </li>
          <li>
            {say(
              'Inget sägs bara med färg: det som är försenat är också märkt ”Försenat”.',
              'Nothing is said by colour alone: what is late is also marked “Overdue”.',
            )}
          </li>
          <li>
            {say(
              'Fel i ett formulär samlas överst med länk till varje fält, och det du skrivit är kvar.',
              'Errors in a form are gathered at the top with a link to each field, and what you wrote is kept.',
            )}
          </li>
        </ul>
        <h2 class="ds-heading" data-size="sm">
          {say('Känt som inte är tillgängligt', 'Known shortcomings')}
        </h2>
        <p>
          {say(
            'Bilderna av långa vägar är stora och måste rullas i sidled på en liten skärm. Tabellen intill behöver inte det. Granskningen är gjord med automatiska prov, ännu inte av personer som använder hjälpmedel.',
            'The pictures of long paths are large and have to be scrolled on a small screen; the table beside them tells the same. The review was made by automatic tests, not yet by people who use assistive technology.',
          )}
        </p>
        <h2 class="ds-heading" data-size="sm">
          {say('Säg till om något inte fungerar', 'Tell us what does not work')}
        </h2>
        <p>
          {say(
            'Kommunen som använder systemet tar emot synpunkter och ska svara. Är du inte nöjd med svaret kan du anmäla bristen till Myndigheten för digital förvaltning (Digg), som har tillsyn.',
            'The municipality that uses the system receives comments and must answer them. If you are not content with the answer you can report the shortcoming to the Agency for Digital Government (Digg), which supervises.',
          )}
        </p>
      </article>
    </Page>,
  );
};
