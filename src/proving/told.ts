/** What a check found, told to people in both languages: the cause first, then what follows from it, not all of it. */
import type { Label } from '../../machines/label.ts';
import { rules } from '../../machines/law/rules.ts';
import { written } from './path.ts';
import type { CheckResult, PathStep } from './result.ts';

/** One thing that speaks against a chart. */
export interface Told {
  readonly what: Label;
  /** The exploration that found it, and a shortest path; of what concerns the chart as a whole there is none. */
  readonly part?: string;
  readonly path?: readonly PathStep[];
}

/** More of the same kind are only counted. */
const MOST = 8;

export function toldOf(result: CheckResult): readonly Told[] {
  return [
    ...result.violations.map(
      ({ rule, cite, watches, part, path }): Told => ({
        what: {
          sv: `${rule} (${cite}) överträds: ${rules[rule].sv}`,
          en: `${rule} (${cite}) is violated: ${watches}`,
        },
        part,
        path,
      }),
    ),
    ...result.causes.map(({ state, event, rule, cite, says, part, path }): Told => {
      const by = rule === null ? '' : ` (${rule}, ${cite})`;
      return {
        what: {
          sv: `hit men inte längre: ”${event.sv}” i ”${state.sv}” går inte${by}: ${says.sv}`,
          en: `this far and no further: "${event.en}" in "${state.en}" is refused${by}: ${says.en}`,
        },
        part,
        path,
      };
    }),
    ...result.unaccepted.map(({ detail, part, path }) => ({
      what: prefixed('ett meddelande tas inte emot', 'a message is not taken', detail),
      part,
      path,
    })),
    ...result.trapped.map(({ detail, part, path }) => ({
      what: prefixed('det finns ingen väg vidare', 'there is no way on', detail),
      part,
      path,
    })),
    ...listed('nås aldrig', 'never reached', result.unreached),
    ...listed('tas aldrig', 'never taken', result.dead),
    ...listed('lämnas åt slumpen', 'left to chance', result.nondeterministic),
    ...listed('misslyckas', 'fails', result.failures),
    ...result.bounds.map((it) => ({ what: prefixed('gräns', 'limit', it) })),
  ];
}

/** As text: what it is, where it was found, and the steps that lead there. */
export function textOf({ what, part, path }: Told, language: keyof Label): string {
  if (path === undefined) return what[language];
  const where = part === undefined ? [] : [{ sv: `i ${part}:`, en: `in ${part}:` }[language]];
  return [what[language], ...where, written(path, language)].join('\n');
}

const prefixed = (sv: string, en: string, it: string): Label => ({ sv: `${sv}: ${it}`, en: `${en}: ${it}` });

function listed(sv: string, en: string, list: readonly string[]): Told[] {
  const more = list.length - MOST;
  return [
    ...list.slice(0, MOST).map((it) => ({ what: prefixed(sv, en, it) })),
    ...(more > 0 ? [{ what: { sv: `${sv}: ${more} till`, en: `${en}: ${more} more` } }] : []),
  ];
}
