/** Ways to the council on which others than the board prepare: the board, and a committee concerned, are asked (routes D and E). */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** The board's opportunity to comment (KL 5:28): used, waived, or let go by. */
const boardIsAsked = {
  id: 'board',
  type: 'consultation',
  label: { sv: 'Kommunstyrelsens tillfälle att yttra sig', en: "The board's opportunity to comment" },
  bodies: ['ks'],
  join: { rule: 'deadline' },
  within: { weeks: 4 },
  material: ['Förslag till beslut'],
  toCouncil: true,
} as const;

/** Route D: a committee proposes, the board may comment, the council decides. */
export const committeeToCouncil = (body: string): Route =>
  Route.parse({
    name: `${body}-council-matter`,
    version: 1,
    label: { sv: 'Nämndens ärende till fullmäktige', en: "Committee's matter for the council" },
    stages: [
      administration,
      { id: body, type: 'meeting', body, role: 'propose', referTo: ['administration'] },
      boardIsAsked,
      { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['board', body, 'administration'] },
    ],
    remark: 'How long a body has to comment is not in the Act: four weeks are assumed.',
  });

/** Route E: a drafting committee of the council prepares; committees concerned and then the board may comment. */
export const draftedMatter = (committees: readonly string[]): Route =>
  Route.parse({
    name: 'drafted-matter',
    version: 1,
    label: { sv: 'Berett av fullmäktigeberedning', en: 'Prepared by a drafting committee' },
    stages: [
      {
        ...administration,
        label: { sv: 'Beredningens kansli', en: 'Secretariat of the drafting committee' },
      },
      { id: 'bered', type: 'meeting', body: 'bered', role: 'propose', referTo: ['administration'] },
      {
        id: 'committees',
        type: 'consultation',
        label: {
          sv: 'Berörda nämnders tillfälle att yttra sig',
          en: 'Opportunity of the committees concerned',
        },
        bodies: committees,
        choose: true,
        join: { rule: 'deadline' },
        within: { weeks: 6 },
        material: ['Beredningens förslag'],
        toCouncil: true,
      },
      boardIsAsked,
      {
        id: 'kf',
        type: 'meeting',
        body: 'kf',
        role: 'decide',
        referTo: ['board', 'bered', 'administration'],
      },
    ],
    remark: 'How long a body has to comment is not in the Act: six and four weeks are assumed.',
  });
