/** The legal rules, each with how it is kept: where every refusal and every step's rule leads. */
import type { Context } from 'hono';
import { type Way, ways } from '../../machines/law/rule.ts';
import { type Holding, means, type RuleRow, rulesTable } from '../views/rules.ts';
import { Page } from './layout.tsx';
import { Scroll } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const rulesPage = (c: Context<Env>) => {
  const view = viewIn(c);
  const rows = rulesTable(view.services.source.registry);
  const asked = c.req.query('way');
  const way = (Object.keys(ways) as Way[]).find((it) => it === asked) ?? null;
  return c.html(<RulesPage view={view} rows={rows} way={way} />);
};

interface RulesProps {
  readonly view: View;
  readonly rows: readonly RuleRow[];
  /** Only the rules that are kept in this way; null for all. */
  readonly way: Way | null;
}

const isKept = (way: Way) => (row: RuleRow) => row.held.some((it) => it.way === way);

const RulesPage = ({ view, rows, way }: RulesProps) => {
  const { say } = view;
  const title = say('Regler', 'Rules');
  return (
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Varje nej hänvisar till en av reglerna nedan. Här står hur var och en hålls; det som vilar på praxis och inte på lagtext är märkt.',
          'Every refusal cites one of the rules below. Here is how each is kept; what rests on practice and not on statute is marked.',
        )}
      </p>
      <Ways view={view} rows={rows} way={way} />
      <Scroll label={title}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('Nummer', 'Number')}</th>
              <th scope="col">{say('Källa', 'Source')}</th>
              <th scope="col">{say('Regel', 'Rule')}</th>
              <th scope="col">{say('Hur den hålls', 'How it is kept')}</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter((row) => way === null || isKept(way)(row))
              .map((row) => (
                <Row view={view} row={row} />
              ))}
          </tbody>
        </table>
      </Scroll>
    </Page>
  );
};

/** The ways in which rules are kept, to choose one of them by. */
const Ways = ({ view, rows, way: chosen }: RulesProps) => {
  const { say } = view;
  const choices = [
    [null, say('Alla', 'All'), rows.length] as const,
    ...(Object.keys(ways) as Way[]).map((it) => [it, say(ways[it]), rows.filter(isKept(it)).length] as const),
  ];
  return (
    <nav aria-label={say('Visa regler efter hur de hålls', 'Show rules by how they are kept')}>
      <ul class="ways cluster">
        {choices.map(([way, text, count]) => (
          <li>
            <a
              class="ds-link"
              href={way === null ? '/rules' : `/rules?way=${way}`}
              aria-current={way === chosen ? 'page' : undefined}
            >
              {text}
            </a>{' '}
            <span class="muted count">{count}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Row = ({ view, row: { id, rule, held } }: { view: View; row: RuleRow }) => {
  const { say } = view;
  return (
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
      <td class="kept">
        {[...Map.groupBy(held, (it) => it.way)].map(([way, list]) => (
          <div>
            <span class="ds-tag" data-color={colourOf[way]}>
              {say(ways[way])}
            </span>
            <ul class="plain">
              {list.map((it) => (
                <li>
                  <Held view={view} holding={it} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </td>
    </tr>
  );
};

const colourOf = {
  enforced: 'success',
  watched: 'accent',
  data: 'info',
  judgement: 'info',
  notApplicable: 'neutral',
} as const satisfies Record<Way, string>;

/** What one of them says in words, and by what name it is found. */
const Held = ({ view, holding: { by, name, charts, says } }: { view: View; holding: Holding }) => {
  const { say } = view;
  const where = [...new Set(charts.map((it) => chartName(view, it)))].join(', ');
  return (
    <>
      {by === 'guard' ? say(`Nekar: ”${says.sv}”`, `Refuses: “${says.en}”`) : say(says)}{' '}
      {by !== 'outside' && by !== 'observer' && (
        <span class="muted">
          – {say(means[by])} <code>{name}</code>
          {where && ` (${where})`}
        </span>
      )}
    </>
  );
};

/** Where a rule is kept, as people call it: a kind of actor, a route, or what both are made of. */
function chartName({ say, services, municipality }: View, name: string): string {
  if (name === 'matter') return say('alla ärenden', 'every matter');
  if (name === 'municipality') return say('kommunens uppgifter', 'the data of the municipality');
  if (name === 'route') return say('vägen', 'the route');
  const chart = services.source.registry.latest(name);
  if (!chart) return name;
  const [tenant = ''] = name.split('/');
  const whose = name.includes('/') ? ` ${municipality(tenant)?.name ?? tenant}` : '';
  return `${say(chart.label).toLowerCase()}${whose}`;
}
