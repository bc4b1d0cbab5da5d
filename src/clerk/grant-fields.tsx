/** The fields that say what someone may do, of a system's token and of a person's account. */
import { type Role, roles as roleLabels } from '../../machines/roles.ts';
import type { Acting, Grant } from '../access/grant.ts';
import type { Refusal } from '../engine/refusal.ts';
import { rolesText } from './layout.tsx';
import type { ProblemLink } from './refusal.tsx';
import type { View } from './view.ts';

interface GrantProps {
  readonly view: View;
  readonly tenants: readonly string[];
  readonly roles: readonly Role[];
  /** What is stated already. */
  readonly given?: Partial<Grant>;
  /** The beginning of the ids of its elements, where a page has several. */
  readonly form?: string;
}

export const GrantFields = ({ view, tenants, roles, given = {}, form = '' }: GrantProps) => {
  const { say } = view;
  return (
    <>
      <div class="ds-field">
        <label class="ds-label" for={`${form}tenant`}>
          {say('Kommun', 'Municipality')}
        </label>
        <select class="ds-input" id={`${form}tenant`} name="tenant">
          {tenants.map((it) => (
            <option value={it} selected={it === given.tenant}>
              {view.municipality(it)?.name ?? it}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="ds-fieldset" id={`${form}roles`} tabindex={-1}>
        <legend class="ds-label">{say('Roller', 'Roles')}</legend>
        {roles.map((it) => (
          <Check
            form={form}
            name="roles"
            value={it}
            label={say(roleLabels[it])}
            checked={given.roles?.includes(it) ?? false}
          />
        ))}
      </fieldset>
      <Text
        form={form}
        name="bodies"
        label={say('Organ', 'Bodies')}
        hint={say('Till exempel ks, sn. Tomt är alla.', 'For instance ks, sn. Empty is all.')}
        value={given.bodies && given.bodies !== 'all' ? given.bodies.join(', ') : ''}
      />
      <Text
        form={form}
        name="events"
        label={say('Händelser', 'Events')}
        hint={say(
          'Till exempel minutes.approve. Tomt är alla som rollerna får sända.',
          'For instance minutes.approve. Empty is all that the roles may send.',
        )}
        value={given.events?.join(', ') ?? ''}
      />
      <Check
        form={form}
        name="confidential"
        value="true"
        label={say('Ser även sekretess', 'Sees what is confidential')}
        checked={given.confidential ?? false}
      />
    </>
  );
};

/**
 * Links to the fields that a refusal says are wrong.
 * @param form the beginning of the ids of the grant's fields.
 */
export const linksTo = (
  { say }: View,
  { particulars: { fields = [] } }: Refusal,
  form = '',
): readonly ProblemLink[] =>
  fields.map(({ pointer, detail }) => {
    const [, name = '', within] = pointer.split('/');
    return { href: name === 'acting' ? `#${within}` : `#${form}${name}`, text: say(detail) };
  });

/** The fields as a grant has them: words are separated by commas or spaces, and none is all. */
export function grantIn(posted: FormData) {
  const words = (name: string) =>
    String(posted.get(name) ?? '')
      .split(/[\s,]+/)
      .filter(Boolean);
  const [bodies, events] = [words('bodies'), words('events')];
  return {
    tenant: String(posted.get('tenant') ?? ''),
    roles: posted.getAll('roles').map(String),
    bodies: bodies.length > 0 ? bodies : 'all',
    ...(events.length > 0 && { events }),
    confidential: posted.get('confidential') === 'true',
  };
}

const actingText = ({ say, date }: View, { for: whom, from, to }: Acting): string =>
  say(`för ${whom}, ${date(from)}–${date(to)}`, `for ${whom}, ${date(from)}–${date(to)}`);

/** A grant in a line of text. */
export function grantText(view: View, grant: Grant): string {
  const { say, municipality, bodyName } = view;
  const bodies =
    grant.bodies === 'all'
      ? say('alla organ', 'all bodies')
      : grant.bodies.map((it) => bodyName(grant.tenant, it)).join(', ');
  return [
    municipality(grant.tenant)?.name ?? grant.tenant,
    rolesText(view, grant.roles),
    bodies,
    grant.events?.join(', '),
    grant.confidential && say('även sekretess', 'confidential too'),
    grant.acting && actingText(view, grant.acting),
  ]
    .filter(Boolean)
    .join(' · ');
}

interface TextProps {
  readonly form?: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly type?: 'text' | 'date';
}

export const Text = ({ form = '', name, label, hint, value, required, type = 'text' }: TextProps) => (
  <div class="ds-field">
    <label class="ds-label" for={`${form}${name}`}>
      {label}
    </label>
    {hint && (
      <p data-field="description" id={`${form}${name}-hint`}>
        {hint}
      </p>
    )}
    <input
      class="ds-input"
      id={`${form}${name}`}
      name={name}
      type={type}
      value={value}
      required={required}
      aria-describedby={hint && `${form}${name}-hint`}
    />
  </div>
);

interface CheckProps {
  readonly form: string;
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
}

const Check = ({ form, name, value, label, checked }: CheckProps) => (
  <div class="ds-field">
    <input
      class="ds-input"
      type="checkbox"
      id={`${form}${name}-${value}`}
      name={name}
      value={value}
      checked={checked}
    />
    <label class="ds-label" for={`${form}${name}-${value}`}>
      {label}
    </label>
  </div>
);
