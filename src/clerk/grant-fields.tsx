/** The fields that say what someone may do, of a system's token and of a person's account. */
import { type Role, roles as roleLabels } from '../../machines/roles.ts';
import type { Grant } from '../access/grant.ts';
import { rolesText } from './layout.tsx';
import type { View } from './view.ts';

interface GrantProps {
  readonly view: View;
  readonly tenants: readonly string[];
  readonly roles: readonly Role[];
  /** What is stated already. */
  readonly given?: Partial<Grant>;
}

export const GrantFields = ({ view, tenants, roles, given = {} }: GrantProps) => {
  const { say } = view;
  return (
    <>
      <div class="ds-field">
        <label class="ds-label" for="tenant">
          {say('Kommun', 'Municipality')}
        </label>
        <select class="ds-input" id="tenant" name="tenant">
          {tenants.map((it) => (
            <option value={it} selected={it === given.tenant}>
              {view.municipality(it)?.name ?? it}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="ds-fieldset">
        <legend class="ds-label">{say('Roller', 'Roles')}</legend>
        {roles.map((it) => (
          <Check
            name="roles"
            value={it}
            label={say(roleLabels[it])}
            checked={given.roles?.includes(it) ?? false}
          />
        ))}
      </fieldset>
      <Text
        name="bodies"
        label={say('Organ', 'Bodies')}
        hint={say('Till exempel ks, sn. Tomt är alla.', 'For instance ks, sn. Empty is all.')}
        value={given.bodies && given.bodies !== 'all' ? given.bodies.join(', ') : ''}
      />
      <Text
        name="events"
        label={say('Händelser', 'Events')}
        hint={say(
          'Till exempel minutes.approve. Tomt är alla som rollerna får sända.',
          'For instance minutes.approve. Empty is all that the roles may send.',
        )}
        value={given.events?.join(', ') ?? ''}
      />
      <Check
        name="confidential"
        value="true"
        label={say('Ser även sekretess', 'Sees what is confidential')}
        checked={given.confidential ?? false}
      />
    </>
  );
};

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
  ]
    .filter(Boolean)
    .join(' · ');
}

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
}

export const Text = ({ name, label, hint, value, required }: TextProps) => (
  <div class="ds-field">
    <label class="ds-label" for={name}>
      {label}
    </label>
    {hint && (
      <p data-field="description" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <input
      class="ds-input"
      id={name}
      name={name}
      value={value}
      required={required}
      aria-describedby={hint && `${name}-hint`}
    />
  </div>
);

interface CheckProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
}

const Check = ({ name, value, label, checked }: CheckProps) => (
  <div class="ds-field">
    <input
      class="ds-input"
      type="checkbox"
      id={`${name}-${value}`}
      name={name}
      value={value}
      checked={checked}
    />
    <label class="ds-label" for={`${name}-${value}`}>
      {label}
    </label>
  </div>
);
