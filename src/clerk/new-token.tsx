/** The form for a new token. */
import type { Role } from '../../machines/roles.ts';
import { GrantFields, Text } from './grant-fields.tsx';
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
      <GrantFields view={view} tenants={tenants} roles={roles} given={{ roles: ['integration'] }} />
      <Text name="days" label={say('Gäller i dagar', 'Lasts for days')} value="90" required />
      <div>
        <button class="ds-button" type="submit">
          {say('Utfärda', 'Issue')}
        </button>
      </div>
    </form>
  );
};
