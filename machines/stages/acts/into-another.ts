/**
 * A matter that goes on in another: the other is asked, and answers with its number and title, so that the paths of
 * both show it. One that is not there, or is over, does not take it, and then nothing has happened.
 */
import { assigning, causing, guard } from '../../chart.ts';
import { across, clerical, line, message, oneOf, prose, reference } from '../../events.ts';
import type { Label } from '../../label.ts';
import { type Ending, endings } from '../../outcomes.ts';
import { tell } from '../../tell.ts';
import type { MatterContext, OtherMatter } from '../matter.ts';
import type { Act } from './act.ts';
import { endable } from './endable.ts';

/** An act by which a matter goes on in another. */
export const intoAnother = (type: string, label: Label, ends: Ending): Act => ({
  events: {
    [type]: clerical({
      label,
      by: ['registrar', 'clerk'],
      rule: 'R-063',
      fields: {
        matter: reference('Det andra ärendet', 'The other matter', 'matters'),
        decidedBy: line('Beslutat av', 'Decided by'),
        reason: prose('Skäl', 'Reason'),
      },
    }),
  },
  ends,
  on: {
    [type]: {
      target: `.${ends}`,
      guard: endable({ type: 'isAnother' }),
      actions: [{ type: 'leaveAgenda' }, { type: 'askOther', params: { how: ends } }],
    },
  },
});

interface Asked extends OtherMatter {
  readonly how: Ending;
  readonly municipality: string;
}

const other = {
  matter: reference('Ärende', 'Matter', 'matters'),
  number: line('Diarienummer', 'Registry number'),
  title: line('Rubrik', 'Title'),
};

const named = ({ matter, number, title }: OtherMatter): OtherMatter => ({ matter, number, title });

/** What every matter hears of those that go on in it, and of the one in which it goes on itself. */
export const betweenMatters: Act = {
  events: {
    'matter.absorb': across(
      message(
        { sv: 'Ett annat ärende fortsätter här', en: 'Another matter goes on here' },
        { ...other, how: oneOf('Hur', 'How', endings), municipality: line('Kommun', 'Municipality') },
        'R-063',
      ),
    ),
    'matter.absorbed': message(
      { sv: 'Fortsätter i ett annat ärende', en: 'Goes on in another matter' },
      other,
      'R-063',
    ),
  },
  guards: {
    isAnother: guard<MatterContext, { matter: string }>({
      rule: 'R-063',
      version: 1,
      says: { sv: 'Ange ett annat ärende än det här.', en: 'Name another matter than this one.' },
      holds: ({ self }, { matter }) => matter !== self.id,
    }),
    ofOwnMunicipality: guard<MatterContext, Asked>({
      rule: 'R-114',
      version: 1,
      says: { sv: 'Ärendet hör till en annan kommun.', en: 'The matter belongs to another municipality.' },
      holds: ({ self }, { municipality }) => municipality === self.tenant,
    }),
    /** What has been decided can overtake another matter, and takes up nothing more. */
    takesUp: guard<MatterContext, Asked>({
      rule: 'R-063',
      version: 1,
      says: {
        sv: 'I det andra ärendet är redan något beslutat: det kan inte ta upp fler ärenden.',
        en: 'Something has been decided in the other matter already: it takes up no more matters.',
      },
      holds: ({ points }, { how }) => how === 'overtaken' || points.every((it) => it.standing === 'open'),
    }),
  },
  actions: {
    askOther: causing<MatterContext, { matter: string }, { how: Ending }>(
      1,
      ({ self, number, title }, { matter }, { how }) =>
        tell(matter, 'matter.absorb', { matter: self.id, number, title, how, municipality: self.tenant }),
    ),
    absorb: assigning<MatterContext, Asked>(1, ({ absorbed }, event) => ({
      absorbed: [...absorbed, { ...named(event), how: event.how }],
    })),
    answerOther: causing<MatterContext, Asked>(1, ({ self, number, title }, { matter }) =>
      tell(matter, 'matter.absorbed', { matter: self.id, number, title }),
    ),
    goOnIn: assigning<MatterContext, OtherMatter>(1, (_, event) => ({ continues: named(event) })),
  },
  on: {
    'matter.absorb': {
      guard: {
        type: 'all',
        params: { guards: [{ type: 'ofOwnMunicipality' }, { type: 'goesOn' }, { type: 'takesUp' }] },
      },
      actions: [{ type: 'absorb' }, { type: 'answerOther' }],
    },
    'matter.absorbed': { actions: [{ type: 'goOnIn' }] },
  },
};
