/** What the pages of accounts have in common: whom they are for, their fields, and the code that is shown once. */
import { type Role, roles } from '../../machines/roles.ts';
import { parseFields } from '../engine/parse.ts';
import { type Account, type Admission, Appointment, NewAccount } from '../identity/admission.ts';
import { administered } from '../identity/grants.ts';
import { grantIn, grantText } from './grant-fields.tsx';
import { type Crumb, Page } from './layout.tsx';
import type { View } from './view.ts';

export const accountsCrumb = ({ say }: View): Crumb => ({
  href: '/accounts',
  text: say('Konton', 'Accounts'),
});

/** Where administrators let people in; null for others, and where an identity provider does. */
export function admissionIn({ services: { people }, viewer }: View): Admission | null {
  if (!people || !('admission' in people.by) || administered(viewer.grants).length === 0) return null;
  return people.by.admission;
}

/** The roles that people have. */
export const personalRoles = (Object.keys(roles) as Role[]).filter((it) => it !== 'integration');

/** @throws Refusal `invalid`. */
export const accountFieldsIn = (posted: FormData, login: string): NewAccount =>
  parseFields(NewAccount, {
    ...grantIn(posted),
    login,
    name: String(posted.get('name') ?? ''),
  }) as unknown as NewAccount;

/** @throws Refusal `invalid`. */
export function appointmentIn(posted: FormData): Appointment {
  const said = (name: string) => String(posted.get(name) ?? '');
  return parseFields(Appointment, {
    ...grantIn(posted),
    acting: { for: said('for'), decision: said('decision'), from: said('from'), to: said('to') },
  }) as unknown as Appointment;
}

/** Of the first administrator, who has the same in every municipality, it is said once. */
export function commissionText(view: View, { grants }: Account): string {
  const [first, ...others] = grants.filter((it) => !it.acting);
  const own =
    first && others.length > 0
      ? view.say(
          `administratör · ${others.length + 1} kommuner`,
          `administrator · ${others.length + 1} municipalities`,
        )
      : first && grantText(view, first);
  const inPlaceOfOthers = grants.filter((it) => it.acting).map((it) => grantText(view, it));
  return [own, ...inPlaceOfOthers].filter(Boolean).join('; ');
}

export const stateText = ({ say }: View, { state }: Account): string =>
  ({
    open: say('öppet', 'open'),
    invited: say('väntar på att lösenord väljs', 'waits for a password to be chosen'),
    closed: say('stängt', 'closed'),
  })[state];

/** The code and where it is used. It is shown once. */
export const CodePage = ({ view, login, code }: { view: View; login: string; code: string }) => {
  const { say } = view;
  const title = say('Engångskoden', 'The one-time code');
  return (
    <Page view={view} title={title} above={[accountsCrumb(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          `Ge ${login} koden. Den visas inte igen, och gäller ett dygn för att välja lösenord på sidan`,
          `Give ${login} the code. It is not shown again, and for a day a password is chosen by it on the page`,
        )}{' '}
        <a class="ds-link" href="/first-password">
          /first-password
        </a>
        .
      </p>
      <p>
        <code class="secret">{code}</code>
      </p>
    </Page>
  );
};
