/** The form for a new token. */
import { type Role, roles as roleLabels } from '../../machines/roles.ts';
import type { View } from './view.ts';

interface NewTokenProps {
  readonly view: View;
  readonly tenants: readonly string[];
  readonly roles: readonly Role[];
}

export const NewTokenForm = ({ view, tenants, roles }: NewTokenProps) => {
  const { say } = view;
  return (
    <form method="post" action="/tokens" class="ds-card stack">
      <h2 class="ds-heading" data-size="xs">
        {say('Ny nyckel', 'New token')}
      </h2>
      <Text name="name" label={say('Vad den är till för', 'What it is for')} required />
      <div class="ds-field">
        <label class="ds-label" for="tenant">
          {say('Kommun', 'Municipality')}
        </label>
        <select class="ds-input" id="tenant" name="tenant">
          {tenants.map((it) => (
            <option value={it}>{view.municipality(it)?.name ?? it}</option>
          ))}
        </select>
      </div>
      <fieldset class="ds-fieldset">
        <legend class="ds-label">{say('Roller', 'Roles')}</legend>
        {roles.map((it) => (
          <Check name="roles" value={it} label={say(roleLabels[it])} checked={it === 'integration'} />
        ))}
      </fieldset>
      <Text
        name="bodies"
        label={say('Organ', 'Bodies')}
        hint={say('Till exempel ks, sn. Tomt är alla.', 'For instance ks, sn. Empty is all.')}
      />
      <Text
        name="events"
        label={say('Händelser', 'Events')}
        hint={say(
          'Till exempel minutes.approve. Tomt är alla som rollerna får sända.',
          'For instance minutes.approve. Empty is all that the roles may send.',
        )}
      />
      <Check
        name="confidential"
        value="true"
        label={say('Ser även sekretess', 'Sees what is confidential')}
      />
      <Text name="days" label={say('Gäller i dagar', 'Lasts for days')} value="90" required />
      <div>
        <button class="ds-button" type="submit">
          {say('Utfärda', 'Issue')}
        </button>
      </div>
    </form>
  );
};

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
}

const Text = ({ name, label, hint, value, required }: TextProps) => (
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
  readonly checked?: boolean;
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
