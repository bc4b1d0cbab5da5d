/** Lists of matters, meetings, joint matters and delegations: filtered, a page at a time. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Label } from '../../machines/label.ts';
import { listRecords, type RecordFilter, type RecordPage, type RecordSummary } from '../views/lists.ts';
import { holdsPersonalNumber } from '../views/personal-number.ts';
import { type Creation, StartLink } from './creation.tsx';
import { csvOfRecords } from './csv.ts';
import { Page } from './layout.tsx';
import { type Filter, FilterForm, until } from './list-filter.tsx';
import { newDelegation } from './new-delegation.tsx';
import { newJointMatter } from './new-joint-matter.tsx';
import { newMatter } from './new-matter.tsx';
import { newMeeting } from './new-meeting.tsx';
import { Pagination } from './pagination.tsx';
import { RuleLink } from './refusal.tsx';
import { Scroll } from './scroll.tsx';
import { Standing } from './standing.tsx';
import { dayIn, type Env, type View, viewIn } from './view.ts';

const PER_PAGE = 25;
/** Rows that are read at once for a table. */
const PER_BATCH = 500;
const LONGEST_QUERY = 200;

interface Kind {
  readonly kind: RecordSummary['collection'] & ('matters' | 'meetings' | 'joint-matters' | 'delegations');
  readonly title: Label;
  readonly empty: Label;
  readonly creation: Creation;
  readonly byBody: boolean;
  readonly byRecipient: boolean;
  /** Which day the list is narrowed by. */
  readonly since: Label;
  /** What is said first of each: its number, or its day; null where it has neither. */
  readonly first: Label | null;
}

const number: Label = { sv: 'Nummer', en: 'Number' };
const registered: Label = { sv: 'Registrerat från', en: 'Registered from' };

const listPage = (kind: Kind) => async (c: Context<Env>) => {
  const view = viewIn(c);
  const filter: Filter = {
    municipality: c.req.query('municipality') ?? '',
    body: c.req.query('body') ?? '',
    standing: c.req.query('standing') ?? 'open',
    q: (c.req.query('q') ?? '').slice(0, LONGEST_QUERY),
    recipient: (c.req.query('recipient') ?? '').slice(0, LONGEST_QUERY),
    from: dayIn(c.req.query('from')) ?? '',
    to: dayIn(c.req.query('to')) ?? '',
    page: Math.min(Math.max(Math.trunc(Number(c.req.query('page'))) || 1, 1), 1_000),
  };
  if ([c.req.query('q'), c.req.query('recipient')].some((it) => holdsPersonalNumber(it ?? ''))) {
    const clean = { ...filter, q: '', recipient: '' };
    const why = <PersonalNumber view={view} />;
    const page = <UnsoughtPage view={{ ...view, here: c.req.path }} kind={kind} filter={clean} why={why} />;
    return c.html(page, 400);
  }
  const isDay = (name: 'from' | 'to') => !c.req.query(name) || filter[name] !== '';
  if (!isDay('from') || !isDay('to')) {
    const field = isDay('from') ? until : kind.since;
    const why = view.say(
      `”${field.sv}” ska vara ett datum, till exempel 2026-11-20.`,
      `“${field.en}” must be a date, such as 2026-11-20.`,
    );
    return c.html(<UnsoughtPage view={view} kind={kind} filter={filter} why={why} />, 400);
  }
  const wanted = {
    kind: kind.kind,
    municipality: filter.municipality || undefined,
    body: filter.body || undefined,
    ended: filter.standing === 'open' ? false : filter.standing === 'ended' ? true : undefined,
    q: filter.q,
    recipient: filter.recipient,
    from: filter.from || undefined,
    to: filter.to || undefined,
  };
  const found = await listRecords(view.source, { ...wanted, limit: PER_PAGE, page: filter.page });
  if (c.req.query('format') !== 'csv' || found.total === null)
    return c.html(<ListPage view={view} kind={kind} filter={filter} found={found} />);
  const { origin } = view.services.people?.publicUrl ?? new URL(c.req.url);
  return c.body(csvOfRecords(view, await allOf(view, wanted), origin), 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${kind.kind}.csv"`,
  });
};

/** Every record of a list, in pages that do not shift as new ones come. */
async function allOf({ source }: View, wanted: Omit<RecordFilter, 'limit'>): Promise<RecordSummary[]> {
  const all: RecordSummary[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: RecordPage = await listRecords(source, { ...wanted, limit: PER_BATCH, after });
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

export const mattersPage = listPage({
  kind: 'matters',
  title: { sv: 'Ärenden', en: 'Matters' },
  empty: { sv: 'Inga ärenden.', en: 'No matters.' },
  creation: newMatter,
  byBody: true,
  byRecipient: true,
  since: registered,
  first: number,
});

export const meetingsPage = listPage({
  kind: 'meetings',
  title: { sv: 'Sammanträden', en: 'Meetings' },
  empty: { sv: 'Inga sammanträden.', en: 'No meetings.' },
  creation: newMeeting,
  byBody: true,
  byRecipient: false,
  since: { sv: 'Inlagt i planeringen från', en: 'Entered into the plan from' },
  first: { sv: 'Datum', en: 'Date' },
});

export const jointMattersPage = listPage({
  kind: 'joint-matters',
  title: { sv: 'Gemensamma ärenden', en: 'Joint matters' },
  empty: { sv: 'Inga gemensamma ärenden.', en: 'No joint matters.' },
  creation: newJointMatter,
  byBody: false,
  byRecipient: false,
  since: registered,
  first: number,
});

export const delegationsPage = listPage({
  kind: 'delegations',
  title: { sv: 'Delegationer', en: 'Delegations' },
  empty: { sv: 'Inga delegationer.', en: 'No delegations.' },
  creation: newDelegation,
  byBody: true,
  byRecipient: false,
  since: registered,
  first: null,
});

interface ListProps {
  readonly view: View;
  readonly kind: Kind;
  readonly filter: Filter;
  readonly found: RecordPage;
}

const ListPage = (props: ListProps) => {
  const { view, kind, filter, found } = props;
  return (
    <Page view={view} title={view.say(kind.title)} above={[]}>
      <div class="cluster apart">
        <h1 class="ds-heading" data-size="lg">
          {view.say(kind.title)}
        </h1>
        <StartLink view={view} creation={kind.creation} />
      </div>
      <FilterForm view={view} filter={filter} {...kind} />
      {found.items.length === 0 ? <p class="ds-card empty">{view.say(kind.empty)}</p> : <Table {...props} />}
      <Pagination
        view={view}
        page={filter.page}
        last={found.total === null ? null : Math.max(1, Math.ceil(found.total / PER_PAGE))}
        hasNext={found.next !== null}
        href={(to) => `?${new URLSearchParams({ ...words(filter), page: String(to) })}`}
      />
      {found.items.length > 0 && found.total !== null && (
        <p>
          <a class="ds-link" href={`?${new URLSearchParams({ ...words(filter), format: 'csv' })}`}>
            {view.say('Hämta listan som tabell (CSV)', 'Download the list as a table (CSV)')}
          </a>
        </p>
      )}
    </Page>
  );
};

/** In place of a list that was asked for by what it is not narrowed by. */
const UnsoughtPage = ({ view, kind, filter, why }: Omit<ListProps, 'found'> & { why: Child }) => (
  <Page view={view} title={view.say(kind.title)} above={[]}>
    <h1 class="ds-heading" data-size="lg">
      {view.say(kind.title)}
    </h1>
    <p class="ds-alert" data-color="danger" role="alert">
      {why}
    </p>
    <FilterForm view={view} filter={filter} {...kind} />
  </Page>
);

/** Nothing on the page says which. */
const PersonalNumber = ({ view }: { view: View }) => (
  <>
    {view.say(
      'Personnummer söks det inte på: det som söks står i adressen, och adresser hamnar i loggar.',
      'Personal numbers are not searched for: what is sought is in the address, and addresses end up in logs.',
    )}{' '}
    <RuleLink rule="R-127" view={view} />
  </>
);

const Table = ({ view, kind, found }: ListProps) => {
  const { say } = view;
  return (
    <Scroll label={say(kind.title)}>
      <table class="ds-table stackable" data-hover="">
        <thead>
          <tr>
            {kind.first && <th scope="col">{say(kind.first)}</th>}
            <th scope="col">{say('Rubrik', 'Title')}</th>
            <th scope="col" class="wide">
              {say('Kommun', 'Municipality')}
            </th>
            {kind.byBody && (
              <th scope="col" class="wide">
                {say('Hos', 'With')}
              </th>
            )}
            <th scope="col">{say('Läge', 'Standing')}</th>
          </tr>
        </thead>
        <tbody>
          {found.items.map((it) => (
            <tr>
              {kind.first && <td class="date">{it.number}</td>}
              <td>
                <a class="ds-link" href={`/${it.collection}/${it.id}`}>
                  {view.titleOf(it)}
                </a>
              </td>
              <td class="wide">{view.municipality(it.municipality)?.name ?? it.municipality}</td>
              {kind.byBody && <td class="wide">{view.bodyName(it.municipality, it.body)}</td>}
              <td>
                <Standing view={view} actor={it} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** The filter without the page. */
const words = ({ page: _, ...rest }: Filter) => rest;
