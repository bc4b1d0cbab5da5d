/** A played story as text. */
import type { Say } from '../clerk/language.ts';
import type { Played, PlayedStep } from './play.ts';

/** A line for the step, and one for each of its failures. */
export function stepLines(step: PlayedStep): string {
  const number = String(step.number).padStart(3);
  const who = step.as ? `${step.as}: ` : '';
  const event = step.event ? ` ${step.event}` : '';
  const lines = [
    `${number}  ${step.at}  ${who}${step.request}${event} → ${step.status}${problemOf(step)}`,
    ...(step.note ? [`     ${step.note}`] : []),
    ...step.failures.map((it) => `     ✗ ${it}`),
  ];
  return `${lines.join('\n')}\n`;
}

function problemOf({ problem }: PlayedStep): string {
  if (!problem) return '';
  const rule = problem.rule ? `${problem.rule} (${problem.cite})` : problem.code;
  const fields = problem.fields.map((it) => ` ${it.pointer || '/'}: ${it.detail}`).join(';');
  return `  ${rule}: ${problem.detail}${fields}`;
}

/** The last line: how it went. */
export function verdict({ name, steps }: Played, say: Say): string {
  const failed = steps.filter((it) => it.failures.length > 0).map((it) => it.number);
  if (failed.length === 0) return `✓ ${name}: ${say(`${steps.length} steg`, `${steps.length} steps`)}\n`;
  const which = failed.join(', ');
  const told = say(
    `${failed.length} av ${steps.length} steg slog fel (${which})`,
    `${failed.length} of ${steps.length} steps failed (${which})`,
  );
  return `✗ ${name}: ${told}\n`;
}
