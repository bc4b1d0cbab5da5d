/** A command turned down, or not possible yet: which rule, where it stands, who could, and when. */
import type { Json, JsonObject } from '../../machines/chart.ts';
import { type RuleId, rules } from '../../machines/law/rules.ts';
import { roles } from '../../machines/roles.ts';
import type { Code, Explanation, FieldError, Refusal } from '../engine/refusal.ts';
import type { Field } from './form/field.ts';
import { dayIn, type View } from './view.ts';

export const statusOf = {
  notFound: 404,
  undeclared: 404,
  invalid: 422,
  forbidden: 403,
  refused: 409,
  stale: 412,
  keyReused: 409,
  exists: 409,
  ignored: 200,
  unavailable: 503,
} as const satisfies Record<Code, number>;

/** Why: each unmet condition with the rule that sets it; then who could do it, and when it becomes possible. */
export const Why = ({ view, explanation }: { view: View; explanation: Explanation }) => {
  const { say } = view;
  const { unmet, who, when } = explanation;
  const reasons = unmet.length > 0 ? unmet : [explanation];
  return (
    <div class="why">
      {reasons.map(({ says, rule }) => (
        <p>
          {say(says)} {rule && <RuleLink rule={rule} view={view} />}
        </p>
      ))}
      {when.states.length > 0 && (
        <p class="muted">
          {say('Möjligt i läget', 'Possible in the state')}: {when.states.map((it) => say(it)).join('; ')}.
        </p>
      )}
      {when.from && (
        <p class="muted">
          {say('Tidigast', 'At the earliest')}: {view.instant(when.from)}.
        </p>
      )}
      {who.length > 0 && (
        <p class="muted">
          {say('Kan göras av', 'Can be done by')}: {who.map((it) => say(roles[it]).toLowerCase()).join(', ')}.
        </p>
      )}
    </div>
  );
};

interface RuleLinkProps {
  readonly rule: RuleId;
  readonly view: View;
  /** Only the rule's number, where there is little room. */
  readonly brief?: boolean;
}

export const RuleLink = ({ rule, view, brief = false }: RuleLinkProps) => (
  <a class="ds-link rule" href={`/rules#${rule}`} title={view.say(rules[rule])}>
    {brief ? rule : `${rules[rule].cite} (${rule})`}
  </a>
);

/** On top of the page that shows a refused form again: what happened, and links to the fields that are wrong. */
export const Refused = ({
  view,
  refusal,
  links,
  again = true,
}: {
  view: View;
  refusal: Refusal;
  links: readonly ProblemLink[];
  /** Whether it can still be sent, as things stand now. */
  again?: boolean;
}) => {
  const { say } = view;
  const { explanation } = refusal.particulars;
  if (links.length > 0)
    return (
      <div class="ds-error-summary" role="alert" tabindex={-1}>
        <h2 class="ds-heading" data-size="xs">
          {say('Rätta uppgifterna och försök igen', 'Correct the fields and try again')}
        </h2>
        {explanation ? <Why view={view} explanation={explanation} /> : <p>{say(refusal.says)}</p>}
        <ul class="ds-list">
          {links.map(({ href, text }) => (
            <li>
              <a class="ds-link" href={href}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div class="ds-alert stack" data-color={refusal.code === 'stale' ? 'warning' : 'danger'} role="alert">
      <h2 class="ds-heading" data-size="xs">
        {refusal.code === 'unavailable'
          ? say('Det gick inte att spara', 'It could not be saved')
          : say('Det gick inte. Ingenting har ändrats.', 'It was not done. Nothing has been changed.')}
      </h2>
      {explanation ? <Why view={view} explanation={explanation} /> : <p>{say(refusal.says)}</p>}
      {refusal.code === 'stale' && again && (
        <p>
          {say(
            'Det du skrev är kvar. Kontrollera det mot vad som har hänt och sänd igen.',
            'What you wrote is kept. Check it against what has happened and send it again.',
          )}
        </p>
      )}
    </div>
  );
};

export interface ProblemLink {
  readonly href: string;
  readonly text: string;
}

/** What is wrong with each field, by its path in the form, in words about the field and not about its type. */
export function problemsOf(
  view: View,
  fields: readonly Field[],
  draft: JsonObject,
  errors: readonly FieldError[],
): Map<string, string> {
  return new Map(
    errors.map(({ pointer }) => {
      const keys = pointer
        .split('/')
        .slice(1)
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
      const { field, path, value } = fieldAt(fields, draft, keys);
      return [path, problemText(view, field, value)];
    }),
  );
}

/** The field that a pointer leads to; an item of a list that is one control leads to the list. */
function fieldAt(fields: readonly Field[], draft: JsonObject, keys: readonly string[]) {
  let within: readonly Field[] = fields;
  let field: Field | undefined;
  let value: Json | undefined = draft;
  const path: string[] = [];
  for (const key of keys) {
    if (field?.kind === 'lines' || field?.kind === 'numbers') break;
    value = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
    path.push(key);
    if (field?.kind === 'rows' && /^\d+$/.test(key)) continue;
    field = within.find((it) => it.name === key) ?? field;
    within = field?.kind === 'group' || field?.kind === 'rows' ? field.fields : [];
  }
  return { field, value, path: path.join('.') };
}

const isDay = (value: Json): value is string => typeof value === 'string' && dayIn(value) !== null;

function problemText({ say, today }: View, field: Field | undefined, value: Json | undefined): string {
  const label = field ? say(field.label) : say('Uppgiften', 'The field');
  if (value === undefined) return say(`Fyll i ”${label}”.`, `Fill in “${label}”.`);
  switch (field?.kind) {
    case 'date':
      if (field.past && isDay(value) && value > today)
        return say(
          `”${label}” är en dag som inte har kommit än.`,
          `“${label}” is a day that has not come yet.`,
        );
      if (field.coming && isDay(value) && value < today)
        return say(`”${label}” är en dag som har passerat.`, `“${label}” is a day that has passed.`);
      return say(
        `”${label}” ska vara ett datum, till exempel 2026-11-20.`,
        `“${label}” must be a date, such as 2026-11-20.`,
      );
    case 'numbers':
      if (field.ofRows)
        return say(
          `”${label}”: välj bland de andra punkterna, och bara dem som inte själva har ett villkor.`,
          `“${label}”: choose among the other points, and only those that have no condition of their own.`,
        );
      return say(
        `”${label}” ska vara hela tal inom rimliga gränser.`,
        `“${label}” must be whole numbers within reason.`,
      );
    case 'number':
      return say(
        `”${label}” ska vara hela tal inom rimliga gränser.`,
        `“${label}” must be whole numbers within reason.`,
      );
    case 'choice':
    case 'reference':
      return say(`Välj ”${label}” bland alternativen.`, `Choose “${label}” among the alternatives.`);
    case 'text':
      if (field.longest !== null && String(value).length > field.longest)
        return say(
          `”${label}” får ha högst ${field.longest} tecken.`,
          `“${label}” may have at most ${field.longest} signs.`,
        );
      return say(`Kontrollera ”${label}”.`, `Check “${label}”.`);
    default:
      return say(`Kontrollera ”${label}”.`, `Check “${label}”.`);
  }
}
