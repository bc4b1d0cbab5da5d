/** What members of the council ask chairs (routes H and I). */
import { Route } from './route.ts';

/** Route H: handed in, permitted by the council without debate, answered there or at a later meeting. */
export const interpellation: Route = Route.parse({
  name: 'interpellation',
  version: 1,
  label: { sv: 'Interpellation', en: 'Interpellation' },
  stages: [
    { id: 'asked', type: 'inquiry', of: 'interpellation' },
    { id: 'kf', type: 'answer', body: 'kf', of: 'interpellation' },
  ],
});

/** Route I: the same with a question, which only two debate. */
export const question: Route = Route.parse({
  name: 'question',
  version: 1,
  label: { sv: 'Fråga', en: 'Question' },
  stages: [
    { id: 'asked', type: 'inquiry', of: 'question' },
    { id: 'kf', type: 'answer', body: 'kf', of: 'question' },
  ],
});
