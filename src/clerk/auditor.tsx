/** The auditor's desk: the latest matters, each examined, with what was found and the way to it. */
import type { Context } from 'hono';
import { type Grants, rolesOf } from '../access/grant.ts';
import { type Examined, isLate, isViolated } from '../views/examination.ts';
import { listRecords, type RecordSummary } from '../views/lists.ts';
import { examinationOf, Verdicts } from './examination.tsx';
import { RuleLink } from './refusal.tsx';
import { registerHref, registerName } from './rights.tsx';
import { Standing } from './standing.tsx';
import { type Env, type View, viewIn } from './view.ts';

/** Examining one folds its whole log: a few hundredths of a second each. */
const LATEST = 8;

export interface Latest {
  readonly matter: RecordSummary;
  readonly examination: Examined;
}

export const isAuditor = (grants: Grants): boolean => rolesOf(grants).includes('auditor');

/** The newest matters, each with its examination. */
export async function latestMatters(c: Context<Env>): Promise<readonly Latest[]> {
  const { items } = await listRecords(viewIn(c).source, { kind: 'matters', limit: LATEST });
  const latest: Latest[] = [];
  for (const matter of items) {
    const examination = await examinationOf(c, matter.id);
    if (examination) latest.push({ matter, examination });
  }
  return latest;
}

export const AuditorDesk = ({ view, latest }: { view: View; latest: readonly Latest[] }) => {
  const { say } = view;
  const wrong = latest.filter(
    ({ examination: { findings, lawful, legality } }) =>
      findings.length > 0 || lawful !== true || legality.some(isLate),
  );
  return (
    <>
      <section aria-labelledby="findings">
        <h2 class="ds-heading" data-size="sm" id="findings">
          {say('Iakttagelser i de senaste ärendena', 'Findings in the latest matters')}
        </h2>
        {wrong.length === 0 ? (
          <p class="ds-card empty">
            {say(
              'Inga: loggarna är hela, ingen regel är bruten, och ingen av lagens tider har gått ut.',
              'None: the logs are whole, no rule is violated, and no time of the law has passed.',
            )}
          </p>
        ) : (
          <ul class="rows">
            {wrong.map((it) => (
              <li>
                <Findings view={view} {...it} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="latest">
        <h2 class="ds-heading" data-size="sm" id="latest">
          {say('Senaste ärendena', 'Latest matters')} <span class="muted count">{latest.length}</span>
        </h2>
        <p class="muted">
          {say(
            'Varje granskning gäller loggen som den var då.',
            'Each examination is of the log as it was then.',
          )}{' '}
          <a class="ds-link" href="?examine=now">
            {say('Granska alla på nytt', 'Examine all anew')}
          </a>
        </p>
        <ul class="rows">
          {latest.map((it) => (
            <li>
              <Row view={view} {...it} />
            </li>
          ))}
        </ul>
      </section>
      <p>
        <a class="ds-link" href={registerHref}>
          {say(registerName)}
        </a>{' '}
        <span class="muted">
          {say('Vem som har gett vem vilka rättigheter.', 'Who gave whom which rights.')}
        </span>
      </p>
    </>
  );
};

interface LatestProps extends Latest {
  readonly view: View;
}

const Findings = ({ view, matter, examination }: LatestProps) => (
  <>
    <a class="ds-link strong" href={`/matters/${matter.id}#law`}>
      {matter.title}
    </a>
    {examination.findings.map(({ actor, version, detail }) => (
      <p>
        {actor} {version}: {view.say(detail)}
      </p>
    ))}
    {examination.legality
      .filter((it) => isViolated(it) || isLate(it))
      .map(({ rule, evidence }) => (
        <p>
          <RuleLink rule={rule} view={view} />{' '}
          {evidence && `${view.say(evidence.event.label)}, ${view.date(evidence.on)}`}
        </p>
      ))}
  </>
);

const Row = ({ view, matter, examination }: LatestProps) => (
  <>
    <div class="cluster apart">
      <a class="ds-link strong" href={`/matters/${matter.id}`}>
        {matter.title}
      </a>
      <Standing view={view} actor={matter} />
    </div>
    <p class="muted">
      {[matter.number, view.municipality(matter.tenant)?.name, view.say(matter.chart.label)]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <div class="cluster apart">
      <Verdicts view={view} examination={examination} />
      <a class="ds-link" href={`/matters/${matter.id}#law`}>
        {view.say('Granskningen', 'The audit')}
      </a>
    </div>
  </>
);
