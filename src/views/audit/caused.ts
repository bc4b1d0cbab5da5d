/** Whether what went out and what came in stand beside the log as the log says. */
import type { Circumstances } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';
import { canonical, causedId, sha256 } from '../../engine/chain.ts';
import type { Folded } from '../../engine/replay.ts';
import type { Entry } from '../../store/entries.ts';
import type { OutboxMessage } from '../../store/outbox.ts';
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
  readonly version: number;
  readonly integration: string;
  readonly message: string;
  readonly sha256: string;
}

/** The messages that entries rest on. */
export const restingOn = (entries: readonly Entry[]): Resting[] =>
  entries.flatMap(({ version, meta }) => {
    const circumstances = readCircumstances(meta);
    const { message, sender = '' } = circumstances;
    return message ? [{ version, integration: sender, message: message.id, sha256: message.sha256 }] : [];
  });

/** What an altered entry says is the chain's to find. */
function readCircumstances(meta: string): Partial<Circumstances> {
  try {
    return (JSON.parse(meta) as Partial<Circumstances> | null) ?? {};
  } catch {
    return {};
  }
}

export const documentFindings = ({ actor, entries, receipts }: Evidence): Finding[] =>
  restingOn(entries)
    .filter((it) => {
      const kept = receipts.find((row) => row.integration === it.integration && row.message === it.message);
      return kept === undefined || (kept.content ?? sha256(kept.body)) !== it.sha256;
    })
    .map(({ version }) => ({ actor: actor.id, version, kind: 'document', detail: otherDocument }));

const otherOutbox: Label = {
  sv: 'Det som ska skickas är inte vad loggen ger.',
  en: 'What is to be sent is not what the log gives.',
};

const otherDocument: Label = {
  sv: 'Meddelandet som posten vilar på finns inte kvar som det togs emot.',
  en: 'The message that the entry rests on is not there as it was received.',
};
