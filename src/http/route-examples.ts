import type { z } from 'zod';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { committeeMatter, councilMatter } from '../../machines/routes/bodies.ts';
import type * as answers from './route-schemas.ts';

export const newRoute = {
  municipality: huddinge.id,
  route: { ...committeeMatter('gan'), remark: 'Gymnasie- och arbetsmarknadsnämndens egna ärenden.' },
};

export const routeVersion: z.input<typeof answers.RouteVersion> = {
  jurisdiction: huddinge,
  route: newRoute.route,
  hash: 'f9a2c1d07c5e4b3a9d8e7f60514233445566778899aabbccddeeff0011223344',
  publishedAt: '2026-12-01T09:00:00.000Z',
  publishedBy: 'Ada Administratör',
  record: '4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a',
};

export const routeVersions: z.input<typeof answers.RouteVersions> = {
  municipality: huddinge.id,
  name: newRoute.route.name,
  versions: [routeVersion],
};

export const routes: z.input<typeof answers.Routes> = {
  items: [
    {
      municipality: huddinge.id,
      route: councilMatter.name,
      version: 1,
      label: councilMatter.label,
      stages: [
        {
          id: 'administration',
          label: { sv: 'Förvaltningen', en: 'Administration' },
          body: null,
          role: 'preparation',
        },
        { id: 'kf', label: { sv: 'Kommunfullmäktige', en: 'Municipal council' }, body: 'kf', role: 'decide' },
      ],
    },
  ],
};
