/** Whether the log of a record is sound, and each rule of law held against what it tells. */
import type { Context } from 'hono';
import { rules } from '../../machines/law/rules.ts';
import { type Examined, examined, examinedNow, isLate, isViolated } from '../views/examination.ts';
import type { LegalFinding } from '../views/legality.ts';
import type { RecordName } from '../views/names.ts';
import { listed } from './facts.tsx';
import type { Say } from './language.ts';
import { RuleLink } from './refusal.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

interface ExaminationProps {
  readonly view: View;
  readonly examination: Examined;
}

/** The examination of a record that a page shows: as it was last made of this log, or, when asked, made anew. */
export const examinationOf = (c: Context<Env>, root: string): Promise<Examined | null> => {
  const { source } = viewIn(c);
  return c.req.query('examine') === 'now' ? examinedNow(source, root) : examined(source, root);
};

/** In brief: whether the log is whole, and whether any rule was violated. */
export const ExaminationCard = ({ view, examination }: ExaminationProps) => {
  const { say } = view;
  return (
    <section class="ds-card" aria-labelledby="audit">
      <h2 class="ds-heading" data-size="xs" id="audit">
        {say('Granskning', 'Audit')}
      </h2>
      <Verdicts view={view} examination={examination} />
      <p class="muted">
        {say(
          `${examination.entries === 1 ? '1 post kontrollerad' : `${examination.entries} poster kontrollerade`}: kedjan av kontrollsummor, och att loggen spelad från början ger det som är lagrat.`,
          `${examination.entries === 1 ? '1 entry checked' : `${examination.entries} entries checked`}: the chain of hashes, and that the log played from its start gives what is stored.`,
        )}
      </p>
      <p class="muted">
        {say('Granskad', 'Examined')} {view.instant(examination.at)}.{' '}
        <a class="ds-link" href="?examine=now#audit">
          {say('Granska på nytt', 'Examine anew')}
        </a>
      </p>
      {listed(
        examination.findings.map(({ actor, version, detail }) => `${actor} ${version ?? ''}: ${say(detail)}`),
      )}
      {listed(
        examination.redactions.map(
          ({ actor, at, by, decision, entries }) =>
            `${actor}: ${say(
              `${entries.length} poster gallrade enligt ${decision}`,
              `${entries.length} entries redacted by decision ${decision}`,
            )}, ${view.instant(at)}, ${by}`,
        ),
      )}
      <p>
        <a class="ds-link" href="#law">
          {say('Reglerna prövade mot vägen', 'The rules held against the path')}
        </a>
      </p>
    </section>
  );
};

/** The two answers, in words and colour. */
export const Verdicts = ({ view: { say }, examination }: ExaminationProps) => {
  const { chainIntact, replayEqual, lawful, legality } = examination;
  const sound = chainIntact && replayEqual;
  const late = legality.filter(isLate).length;
  return (
    <p class="cluster tight">
      <span class="ds-tag" data-color={sound ? 'success' : 'danger'}>
        {sound
          ? say('Loggen hel och oförändrad', 'Log whole and unaltered')
          : say('Avvikelser i loggen', 'Deviations in the log')}
      </span>
      {lawful !== null && (
        <span class="ds-tag" data-color={lawful ? 'success' : 'danger'}>
          {lawful
            ? say('Ingen regel bruten', 'No rule violated')
            : say(
                `Brutna regler: ${legality.filter(isViolated).length}`,
                `Rules violated: ${legality.filter(isViolated).length}`,
              )}
        </span>
      )}
      {late > 0 && (
        <span class="ds-tag" data-color="warning">
          {say(`Tider som gått ut: ${late}`, `Times that have passed: ${late}`)}
        </span>
      )}
    </p>
  );
};

interface LawProps extends ExaminationProps {
  /** Only what concerns this actor and what belongs to it. */
  readonly of: string;
  /** The other records that its steps name. */
  readonly names?: FindingsProps['names'];
}

/** Every rule that has been put to the test, those violated first; with the step and the day that decided it. */
export const LawSection = ({ view, examination, of, names = new Map() }: LawProps) => {
  const { say } = view;
  const own = examination.legality.filter(({ subject }) =>
    Object.values(subject).some((id) => id === of || id?.startsWith(`${of}.`)),
  );
  const violated = own.filter(isViolated);
  const held = own.filter(({ verdict }) => verdict === 'held');
  const late = own.filter(isLate);
  const undecided = own.length - violated.length - held.length - late.length;
  return (
    <section class="stack" aria-labelledby="law">
      <h2 class="ds-heading" data-size="md" id="law">
        {say('Reglerna prövade mot vägen', 'The rules held against the path')}
      </h2>
      {examination.lawful === null && (
        <p class="ds-alert" data-color="danger">
          {say(
            'Loggen är inte hel: det går inte att säga om det som hänt var lagligt.',
            'The log is not sound: whether what has happened was lawful cannot be said.',
          )}
        </p>
      )}
      {violated.length > 0 && (
        <div class="ds-alert stack" data-color="danger">
          <h3 class="ds-heading" data-size="xs">
            {say('Brutna regler', 'Rules violated')}
          </h3>
          <Findings
            view={view}
            names={names}
            findings={violated}
            label={say('Brutna regler', 'Rules violated')}
          />
        </div>
      )}
      {late.length > 0 && (
        <div class="ds-alert stack" data-color="warning">
          <h3 class="ds-heading" data-size="xs">
            {say(
              'Tider som gått ut: det beslutade gäller ändå',
              'Times that have passed: what was decided holds',
            )}
          </h3>
          <Findings
            view={view}
            names={names}
            findings={late}
            label={say('Tider som gått ut', 'Times that have passed')}
          />
        </div>
      )}
      {held.length > 0 && (
        <details class="folded">
          <summary>
            {say('Följda regler', 'Rules kept')} <span class="muted">({held.length})</span>
          </summary>
          <Findings view={view} names={names} findings={held} label={say('Följda regler', 'Rules kept')} />
        </details>
      )}
      {examination.lawful !== null && undecided > 0 && <p class="muted">{undecidedText(say, undecided)}</p>}
      {examination.lawful !== null && own.length === 0 && (
        <p class="muted">
          {say('Inget har hänt som någon regel gäller.', 'Nothing has happened that any rule is about.')}
        </p>
      )}
    </section>
  );
};

/** How many rules nothing has happened about yet. */
const undecidedText = (say: Say, count: number): string =>
  count === 1
    ? say(
        'Ytterligare 1 prövning väntar på att något händer som den gäller.',
        'A further 1 is undecided until something happens that it is about.',
      )
    : say(
        `Ytterligare ${count} prövningar väntar på att något händer som de gäller.`,
        `A further ${count} are undecided until something happens that they are about.`,
      );

interface FindingsProps {
  readonly view: View;
  readonly findings: readonly LegalFinding[];
  readonly label: string;
  readonly names: ReadonlyMap<string, RecordName>;
}

const Findings = ({ view, findings, label, names }: FindingsProps) => {
  const { say } = view;
  return (
    <Table
      label={label}
      heads={[
        say('Regel', 'Rule'),
        say('Vad den säger', 'What it says'),
        say('Steg', 'Step'),
        say('Dag', 'Day'),
      ]}
    >
      {findings.map(({ rule, watches, subject, evidence }) => (
        <tr>
          <th scope="row">
            <RuleLink rule={rule} view={view} />
          </th>
          <td>{say(rules[rule].sv, `${rules[rule].en} (${watches})`)}</td>
          <td>
            {evidence && (
              <a class="ds-link" href={`/actors/${evidence.actor}#path`}>
                {`${say(evidence.actorLabel)}, ${evidence.version}: ${say(evidence.event.label)}`}
              </a>
            )}
            <Other view={view} record={names.get(subject.matter ?? '')} />
          </td>
          <td class="date">{evidence && view.date(evidence.on)}</td>
        </tr>
      ))}
    </Table>
  );
};

/** The matter that a step of a meeting was about. */
const Other = ({ view, record }: { view: View; record: RecordName | undefined }) =>
  record ? <p class="muted">{view.nameOf(record)}</p> : null;
