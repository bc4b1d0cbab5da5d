/** What has happened to an actor since a form was made for it: for whoever was too late with the form. */
import type { ActorView } from '../views/actor.ts';
import { type RecordName, recordsNamedIn } from '../views/names.ts';
import { type PathStep, pathOf } from '../views/path.ts';
import { Particulars } from './particulars.tsx';
import type { View } from './view.ts';

/** Of more than these the last tell where it stands. */
const MOST = 20;

export interface Since {
  /** The steps after those that the form had seen, the newest last. */
  readonly steps: readonly PathStep[];
  readonly names: ReadonlyMap<string, RecordName>;
}

/** @param seen the version that the form was made for; what is no version has seen nothing. */
export async function since(view: View, { id, root }: ActorView, seen: number): Promise<Since> {
  const path = await pathOf(view.source, root, { actor: id });
  const steps = (path?.steps ?? []).filter((it) => it.version > seen).slice(-MOST);
  return { steps, names: await recordsNamedIn(view.source, root, steps) };
}

interface SinceProps extends Since {
  readonly view: View;
  readonly actor: ActorView;
}

export const WhatHappened = ({ view, actor, steps, names }: SinceProps) => (
  <section class="ds-card" aria-labelledby="since">
    <h2 class="ds-heading" data-size="xs" id="since">
      {view.say('Det här har hänt sedan formuläret visades', 'This has happened since the form was shown')}
    </h2>
    <ol class="plain">
      {steps.map((it) => (
        <li>
          {view.instant(it.at)} <strong>{view.say(it.event.label)}</strong>,{' '}
          {view.titleOf({ municipality: actor.municipality, title: view.say(it.sender.label) })}
          <Particulars view={view} municipality={actor.municipality} step={it} names={names} />
        </li>
      ))}
    </ol>
    <p>
      <a class="ds-link" href={`/${actor.collection}/${actor.id}`}>
        {view.say('Se hur det står till nu', 'See how it stands now')}: {view.titleOf(actor)}
      </a>
    </p>
  </section>
);
