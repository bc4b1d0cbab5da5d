/** The legal rules that the charts obey, by their ids. */
import type { Context } from 'hono';
import { rules } from '../../machines/law/rules.ts';
import { Page } from './layout.tsx';
import { Scroll } from './scroll.tsx';
import { type Env, viewIn } from './view.ts';

export const rulesPage = (c: Context<Env>) => {
  const view = viewIn(c);
  const { say } = view;
  const title = say('Regler', 'Rules');
  return c.html(
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Varje nej hänvisar till en av reglerna nedan. Det som vilar på praxis och inte på lagtext är märkt.',
          'Every refusal cites one of the rules below. What rests on practice and not on statute is marked.',
        )}
      </p>
      <Scroll label={title}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('Nummer', 'Number')}</th>
              <th scope="col">{say('Källa', 'Source')}</th>
              <th scope="col">{say('Regel', 'Rule')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(rules).map(([id, rule]) => (
              <tr id={id}>
                <th scope="row">{id}</th>
                <td class="cite">{rule.cite}</td>
                <td>
                  {say(rule)}{' '}
                  {!rule.settled && (
                    <span class="ds-tag" data-color="warning">
                      {say('Praxis', 'Practice')}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Page>,
  );
};
