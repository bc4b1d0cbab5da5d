import type { Api } from './describe.ts';
import { RequestProblem } from './problem.ts';

/** Answers 405, with `Allow`, where a path exists but not with that method (RFC 9110, 15.5.6). */
export function methods(app: Api): void {
  const known = Map.groupBy(
    app.routes.filter((it) => it.method !== 'ALL'),
    (it) => it.path,
  );
  for (const [path, routes] of known) {
    const allowed = [
      ...new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
    ];
    app.all(path, () => {
      throw new RequestProblem(
        'methodNotAllowed',
        { sv: `Här går det bara med ${allowed.join(', ')}.`, en: `Only ${allowed.join(', ')} will do here.` },
        { headers: { Allow: allowed.join(', ') } },
      );
    });
  }
}
