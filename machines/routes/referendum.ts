/** A popular initiative for a referendum (KL 5:37, 8:2). */
import { Route } from './route.ts';

/** Route W: verified, prepared, and held unless two thirds of the councillors present vote against it. */
export const popularInitiative: Route = Route.parse({
  name: 'popular-initiative',
  version: 1,
  label: { sv: 'Folkinitiativ om folkomröstning', en: 'Popular initiative for a referendum' },
  stages: [
    { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
    { id: 'petition', type: 'petition', label: { sv: 'Namninsamlingen', en: 'The petition' } },
    { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['administration'] },
    {
      id: 'kf',
      type: 'meeting',
      body: 'kf',
      role: 'decide',
      referTo: ['ks', 'administration'],
      majority: { share: [2, 3], of: 'present', to: 'block' },
    },
  ],
});
