/** The register of access rights: who gave whom which, when, and by which way. */
import type { Context } from 'hono';
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { canonical } from '../engine/chain.ts';
import { kinds, type RightsChange } from '../engine/rights.ts';
import { readGrants } from '../identity/grants.ts';
import { type RightsPage, rightsChangesFor, rightsRead } from '../views/rights.ts';
import { grantText } from './grant-fields.tsx';
import { Page } from './layout.tsx';
import { Input, Select } from './list-filter.tsx';
import { missing } from './missing.tsx';
import { Pagination } from './pagination.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

const PER_PAGE = 25;

interface Filter {
  readonly municipality: string;
  readonly kind: RightsChange['kind'] | '';
  readonly subject: string;
}

export const rightsPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { grants } = view.viewer;
  const read = rightsRead(grants);
  const filter: Filter = {
    municipality: c.req.query('municipality') ?? '',
    kind: kinds.find((it) => it === c.req.query('kind')) ?? '',
    subject: c.req.query('subject') ?? '',
  };
  if (read.length === 0 || ![...read, ''].includes(filter.municipality)) return missing(c);
  const page = Math.min(Math.max(Math.trunc(Number(c.req.query('page'))) || 1, 1), 1_000);
  const found = await rightsChangesFor(view.source, grants, {
    municipality: filter.municipality || undefined,
    kind: filter.kind || undefined,
    subject: filter.subject || undefined,
    limit: PER_PAGE,
    page,
  });
  return c.html(<RightsRegister view={view} filter={filter} page={page} found={found} />);
};

interface LinkProps extends Pick<RightsChange, 'kind' | 'subject'> {
  readonly view: View;
  readonly municipalities: readonly string[];
  /** What leads there; the register by its name where nothing is stated. */
  readonly text?: string;
}

/** The way to what the register says of an account, a token, an integration or a subscription, for whoever reads it. */
export const RightsLink = ({ view, kind, subject, municipalities, text }: LinkProps) =>
  rightsRead(view.viewer.grants).some((it) => municipalities.includes(it)) ? (
    <a class="ds-link" href={hrefOf({ kind, subject })}>
      {text ?? view.say(registerName)}
    </a>
  ) : (
    text
  );

/** The way to all of the register. */
export const registerHref = '/rights-changes';
export const registerName: Label = { sv: 'Behörighetsregistret', en: 'The register of access rights' };
export const registerSays: Label = {
  sv: 'Vem som har gett vem vilka rättigheter.',
  en: 'Who gave whom which rights.',
};

const hrefOf = (words: Readonly<Record<string, string>>): string =>
  `${registerHref}?${new URLSearchParams(Object.entries(words).filter(([, it]) => it !== ''))}`;

interface RegisterProps {
  readonly view: View;
  readonly filter: Filter;
  readonly page: number;
  readonly found: RightsPage;
}

const RightsRegister = ({ view, filter, page, found }: RegisterProps) => {
  const { say } = view;
  const title = say('Behörighetsregister', 'Register of access rights');
  const last = Math.max(1, Math.ceil(found.total / PER_PAGE));
  return (
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Vem som har gett, ändrat eller tagit tillbaka en behörighet, när och på vilken väg. Raderna hänger ihop i en kedja: ingen kan ändras eller tas bort utan att det märks.',
          'Who gave, changed or took back an access right, when and by which way. The rows are linked in a chain: none can be changed or removed without it being seen.',
        )}
      </p>
      <FilterForm view={view} filter={filter} />
      {found.items.length === 0 ? (
        <p class="ds-card empty">{say('Inga ändringar.', 'No changes.')}</p>
      ) : (
        <ChangesTable view={view} items={found.items} label={title} />
      )}
      <Pagination
        view={view}
        page={page}
        last={last}
        hasNext={page < last}
        href={(to) => hrefOf({ ...filter, page: String(to) })}
      />
    </Page>
  );
};

const FilterForm = ({ view, filter }: Pick<RegisterProps, 'view' | 'filter'>) => {
  const { say, viewer } = view;
  const all = ['', say('Alla', 'All')] as const;
  return (
    <form method="get" class="filter cluster">
      <Select
        name="municipality"
        label={say('Kommun', 'Municipality')}
        chosen={filter.municipality}
        options={[
          all,
          ...rightsRead(viewer.grants).map((it) => [it, view.municipality(it)?.name ?? it] as const),
        ]}
      />
      <Select
        name="kind"
        label={say('Gäller', 'Concerns')}
        chosen={filter.kind}
        options={[all, ...kinds.map((it) => [it, say(kindLabels[it])] as const)]}
      />
      {filter.subject !== '' && (
        <Input
          name="subject"
          type="search"
          label={say('Vem eller vad', 'Whom or what')}
          value={filter.subject}
        />
      )}
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('Visa', 'Show')}
      </button>
    </form>
  );
};

interface TableProps {
  readonly view: View;
  readonly items: readonly RightsChange[];
  readonly label: string;
}

const ChangesTable = ({ view, items, label }: TableProps) => {
  const { say, instant } = view;
  return (
    <Table
      label={label}
      heads={[
        say('När', 'When'),
        say('Vem', 'Who'),
        say('Väg', 'Way'),
        say('Gäller', 'Concerns'),
        say('Vad', 'What'),
        say('Före → efter', 'Before → after'),
      ]}
    >
      {items.map((it) => (
        <tr>
          <th scope="row" class="date">
            {instant(it.at)} <span class="muted">{it.number}</span>
          </th>
          <td>
            {it.by.name} <span class="muted">{it.by.id}</span>
          </td>
          <td>{say(wayLabels[it.by.way])}</td>
          <td>
            {say(kindLabels[it.kind])}{' '}
            <a class="ds-link" href={hrefOf({ kind: it.kind, subject: it.subject })}>
              {nameOf(view, it.after)}
            </a>{' '}
            <span class="muted">
              ·{' '}
              {it.municipalities === null
                ? say('alla kommuner', 'every municipality')
                : it.municipalities.map((id) => view.municipality(id)?.name ?? id).join(', ')}
            </span>
          </td>
          <td>{say(actLabels[it.act])}</td>
          <td>
            <ul class="plain">
              {changedIn(it).map(([field, before, after]) => (
                <li>
                  {say(fieldLabels[field] ?? { sv: field, en: field })}:{' '}
                  {it.before && `${valueText(view, field, before)} → `}
                  {valueText(view, field, after)}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      ))}
    </Table>
  );
};

/** The fields that became others; of what is new, those that say something. */
function changedIn({ before, after }: RightsChange): [field: string, before: Json, after: Json][] {
  return Object.entries(after).flatMap(([field, now]): [string, Json, Json][] => {
    const was = before?.[field] ?? null;
    return canonical(was) === canonical(now) ? [] : [[field, was, now]];
  });
}

/** An integration has a name in each language. */
const nameOf = ({ say }: View, { name }: JsonObject): string =>
  typeof name === 'string' ? name : say(name as unknown as Label);

function valueText(view: View, field: string, value: Json): string {
  const { say, instant } = view;
  if (field === 'grants') return grantsText(view, value);
  if (field === 'name') return nameOf(view, { name: value });
  if (value === null) return say('inget', 'nothing');
  if (Array.isArray(value)) return value.length === 0 ? say('alla', 'all') : value.join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (field.endsWith('At')) return instant(text);
  return say(valueLabels[text] ?? { sv: text, en: text });
}

function grantsText(view: View, value: Json): string {
  if (value === null) return view.say('administratör i alla kommuner', 'administrator of every municipality');
  const grants = readGrants(JSON.stringify(value));
  return grants.length === 0
    ? view.say('inget', 'nothing')
    : grants.map((it) => grantText(view, it)).join('; ');
}

const kindLabels: Readonly<Record<RightsChange['kind'], Label>> = {
  account: { sv: 'Konto', en: 'Account' },
  token: { sv: 'Nyckel', en: 'Token' },
  integration: { sv: 'Integration', en: 'Integration' },
  subscription: { sv: 'Prenumeration', en: 'Subscription' },
};

const wayLabels: Readonly<Record<RightsChange['by']['way'], Label>> = {
  page: { sv: 'sidorna', en: 'the pages' },
  api: { sv: 'API:et', en: 'the API' },
  commandLine: { sv: 'kommandoraden', en: 'the command line' },
  program: { sv: 'programmet självt', en: 'the program itself' },
};

const actLabels: Readonly<Record<RightsChange['act'], Label>> = {
  made: { sv: 'Ny', en: 'New' },
  changed: { sv: 'Ändring', en: 'Change' },
  codeGiven: { sv: 'Ny engångskod', en: 'New one-time code' },
  passwordChosen: { sv: 'Lösenord valt', en: 'Password chosen' },
  closed: { sv: 'Stängning', en: 'Closed' },
  secretExchanged: { sv: 'Byte av hemlighet', en: 'Secret exchanged' },
  withdrawn: { sv: 'Återkallad', en: 'Withdrawn' },
  found: { sv: 'Fanns när registret började', en: 'Was there when the register began' },
};

const fieldLabels: Readonly<Record<string, Label>> = {
  name: { sv: 'Namn', en: 'Name' },
  grants: { sv: 'Får', en: 'May' },
  state: { sv: 'Läge', en: 'State' },
  codeEndsAt: { sv: 'Engångskoden gäller till', en: 'The one-time code lasts until' },
  endsAt: { sv: 'Upphör', en: 'Ends' },
  revokedAt: { sv: 'Återkallad', en: 'Revoked' },
  events: { sv: 'Händelser', en: 'Events' },
  bodies: { sv: 'Organ', en: 'Bodies' },
  routes: { sv: 'Vägar', en: 'Routes' },
  recipient: { sv: 'Mottagare', en: 'Recipient' },
  url: { sv: 'Adress', en: 'Address' },
  mapping: { sv: 'Översättning', en: 'Mapping' },
  reason: { sv: 'Skäl', en: 'Reason' },
  secretsInUse: { sv: 'Hemligheter som gäller', en: 'Secrets that are valid' },
};

const valueLabels: Readonly<Record<string, Label>> = {
  open: { sv: 'öppet', en: 'open' },
  invited: { sv: 'väntar på att lösenord väljs', en: 'waits for a password to be chosen' },
  closed: { sv: 'stängt', en: 'closed' },
  active: { sv: 'på', en: 'on' },
  disabled: { sv: 'avslagen', en: 'switched off' },
  removed: { sv: 'borttagen', en: 'removed' },
  byHand: { sv: 'av någon', en: 'by somebody' },
  gone: { sv: 'adressen är borttagen (410)', en: 'the endpoint is gone (410)' },
  failing: { sv: 'har inte svarat på fem dagar', en: 'has not answered for five days' },
};
