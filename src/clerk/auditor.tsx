/** The auditor's desk: the latest matters, each examined, with what was found and the way to it. */
import type { Context } from 'hono';
import { type Grants, rolesOf } from '../access/grant.ts';
import { type Examined, isBreach } from '../views/examination.ts';
import { listRecords, type RecordSummary } from '../views/lists.ts';
import { examinationOf, Verdicts } from './examination.tsx';
import { RuleLink } from './refusal.tsx';
import { registerHref, registerName, registerSays } from './rights.tsx';
import { Standing } from './standing.tsx';
import { type Env, type View, viewIn } from './view.ts';

/** Examining one folds its whole log: a few hundredths of a second each. */
const LATEST = 8;

interface Looked {
  readonly record: RecordSummary;
  readonly examination: Examined;
}

export interface Latest {
  readonly matters: readonly Looked[];
  readonly meetings: readonly Looked[];
}

export const isAuditor = (grants: Grants): boolean => rolesOf(grants).includes('auditor');

/** The newest matters and meetings, each with its examination. */
export const latestIn = async (c: Context<Env>): Promise<Latest> => ({
  matters: await looked(c, 'matters'),
  meetings: await looked(c, 'meetings'),
});

async function looked(c: Context<Env>, kind: keyof Latest): Promise<readonly Looked[]> {
  const { items } = await listRecords(viewIn(c).source, { kind, limit: LATEST });
  const all: Looked[] = [];
  for (const record of items) {
    const examination = await examinationOf(c, record.id);
    if (examination) all.push({ record, examination });
  }
  return all;
}

export const AuditorDesk = ({ view, latest }: { view: View; latest: Latest }) => {
  const { say } = view;
  const wrong = [...latest.matters, ...latest.meetings].filter(
    ({ examination: { findings, lawful, legality } }) =>
      findings.length > 0 || lawful === null || legality.some(isBreach),
  );
  return (
    <>
      <section aria-labelledby="findings">
        <h2 class="ds-heading" data-size="sm" id="findings">
          {say(
            'Iakttagelser i de senaste ärendena och sammanträdena',
            'Findings in the latest matters and meetings',
          )}
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
          {say('Senaste ärendena', 'Latest matters')} <span class="muted count">{latest.matters.length}</span>
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
          {latest.matters.map((it) => (
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
        <span class="muted">{say(registerSays)}</span>
      </p>
    </>
  );
};

interface LookedProps extends Looked {
  readonly view: View;
}

const Findings = ({ view, record, examination }: LookedProps) => (
  <>
    <a class="ds-link strong" href={`/${record.collection}/${record.id}#law`}>
      {view.titleOf(record)}
    </a>
    {examination.findings.map(({ actor, version, detail }) => (
      <p>
        {actor} {version}: {view.say(detail)}
      </p>
    ))}
    {examination.legality.filter(isBreach).map(({ rule, evidence }) => (
      <p>
        <RuleLink rule={rule} view={view} />{' '}
        {evidence && `${view.say(evidence.event.label)}, ${view.date(evidence.on)}`}
      </p>
    ))}
  </>
);

const Row = ({ view, record, examination }: LookedProps) => (
  <>
    <div class="cluster apart">
      <a class="ds-link strong" href={`/matters/${record.id}`}>
        {view.titleOf(record)}
      </a>
      <Standing view={view} actor={record} />
    </div>
    <p class="muted">
      {[record.number, view.municipality(record.municipality)?.name, view.say(record.chart.label)]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <div class="cluster apart">
      <Verdicts view={view} examination={examination} />
      <a class="ds-link" href={`/matters/${record.id}#law`}>
        {view.say('Granskningen', 'The audit')}
      </a>
    </div>
  </>
);
