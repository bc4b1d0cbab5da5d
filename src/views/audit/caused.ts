/** Whether what went out and what came in stand beside the log as the log says. */

import type { Db } from '../../../db/tables.ts';
import type { Circumstances } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';
import type { RecordedStep } from '../../engine/actor.ts';
import { canonical, causedId, sha256 } from '../../engine/chain.ts';
import type { Accepted } from '../../engine/command.ts';
import type { Folded } from '../../engine/replay.ts';
import type { Entry } from '../../store/entries.ts';
import { type OutboxMessage, outboxOfNobody } from '../../store/outbox.ts';
import type { Receipt } from '../../store/receipts.ts';
import type { Evidence, Finding } from './evidence.ts';

/** What is on the outbox against what the log, folded, puts there: the same messages in the same order. */
export function outboxFindings({ actor, outbox }: Evidence, folded: readonly Folded[]): Finding[] {
  const due = folded.flatMap(published);
  const differs = Array.from({ length: Math.max(due.length, outbox.length) }, (_, index) => index).find(
    (index) => canonical(due[index]?.message ?? null) !== canonical(outbox[index] ?? null),
  );
  if (differs === undefined) return [];
  return [{ actor: actor.id, version: due[differs]?.version ?? null, kind: 'outbox', detail: otherOutbox }];
}

/** What is on the outbox of actors that there are not. */
export const strayFindings = async (db: Db, limit: number): Promise<Finding[]> =>
  (await outboxOfNobody(db, limit)).map((actor) => ({
    actor,
    version: null,
    kind: 'outbox',
    detail: otherOutbox,
  }));

function published({ entry, step }: Folded): { version: number; message: OutboxMessage }[] {
  const { actor, tenant, version, at: createdAt } = entry;
  return step.effects.flatMap((effect, index) =>
    effect.kind === 'publish'
      ? [
          {
            version,
            message: {
              id: causedId(entry, index),
              actor,
              tenant,
              topic: effect.topic,
              payload: canonical(effect.payload),
              createdAt,
            },
          },
        ]
      : [],
  );
}

/** A signed message that an entry rests on is kept as it was received. */
export interface Resting {
  readonly entry: Entry;
  readonly integration: string;
  readonly message: string;
  readonly sha256: string;
}

/** The messages that entries rest on. */
export const restingOn = (entries: readonly Entry[]): Resting[] =>
  entries.flatMap((entry) => {
    const { message, sender = '' } = readable<Circumstances>(entry.meta);
    return message ? [{ entry, integration: sender, message: message.id, sha256: message.sha256 }] : [];
  });

/** What an altered entry says is the chain's to find. */
function readable<T>(text: string): Partial<T> {
  try {
    return (JSON.parse(text) as Partial<T> | null) ?? {};
  } catch {
    return {};
  }
}

/** The messages that are not there as they were received, and those of whose answer the log says otherwise. */
export const documentFindings = ({ actor, entries, receipts }: Evidence): Finding[] =>
  restingOn(entries).flatMap((it) => {
    const kept = receipts.find((row) => row.integration === it.integration && row.message === it.message);
    const isKept = kept && (kept.content ?? sha256(kept.body)) === it.sha256;
    if (isKept && isAnswered(kept, it.entry, entries)) return [];
    const detail = isKept ? otherAnswer : otherDocument;
    return [{ actor: actor.id, version: it.entry.version, kind: 'document', detail }];
  });

/** Whether a message says the answer that it had: what became of the actor in the command that it caused. */
function isAnswered({ tenant, result }: Receipt, entry: Entry, entries: readonly Entry[]): boolean {
  const said = readable<Accepted>(result);
  const after = entries.find((it) => it.version === said.version);
  if (!after || after.version < entry.version) return false;
  const { chart, chartVersion, to: states } = readable<RecordedStep>(after.step);
  const { actor, command, at } = entry;
  const { version } = after;
  const answer = { command, actor, version, chart, chartVersion, states, at, repeated: false };
  return tenant === entry.tenant && at === after.at && canonical(said) === canonical(answer);
}

const otherOutbox: Label = {
  sv: 'Det som ska skickas är inte vad loggen ger.',
  en: 'What is to be sent is not what the log gives.',
};

const otherAnswer: Label = {
  sv: 'Vad som blev av meddelandet som posten vilar på är inte vad loggen säger.',
  en: 'What became of the message that the entry rests on is not what the log says.',
};

const otherDocument: Label = {
  sv: 'Meddelandet som posten vilar på finns inte kvar som det togs emot.',
  en: 'The message that the entry rests on is not there as it was received.',
};
