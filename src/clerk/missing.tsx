/** The page of an address that leads nowhere. */
import type { Context } from 'hono';
import { Page } from './layout.tsx';
import { type Env, viewIn } from './view.ts';

export const missing = (c: Context<Env>) => {
  const view = viewIn(c);
  const title = view.say('Sidan finns inte', 'There is no such page');
  return c.html(
    <Page view={view} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p>
        {view.say(
          'Det finns inget på den här adressen, eller så har du följt en gammal länk.',
          'There is nothing at this address, or you have followed an old link.',
        )}
      </p>
      <p>
        <a class="ds-link" href="/">
          {view.say('Till skrivbordet', 'To the desk')}
        </a>
      </p>
    </Page>,
    404,
  );
};
