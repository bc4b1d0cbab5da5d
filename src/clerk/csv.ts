/** Lists as tables that spreadsheets open (RFC 4180). */
import { localDate } from '../engine/calendar.ts';
import type { RecordSummary } from '../views/lists.ts';
import type { View } from './view.ts';

/** By what a spreadsheet takes the text of a cell for a formula, and carries it out. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A quoted cell. What would be a formula begins with an apostrophe, which makes it text. */
const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Rows of text, with semicolons between cells, as Swedish spreadsheets expect, and the mark by which they see UTF-8. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;

/** The records of a list, each with its address below `origin`. */
export function csvOfRecords(view: View, records: readonly RecordSummary[], origin: string): string {
  const { say, municipality, bodyName } = view;
  const day = (instant: string) =>
    localDate(Date.parse(instant), { country: 'SE', zone: 'Europe/Stockholm' });
  const head = [
    say('Nummer', 'Number'),
    say('Rubrik', 'Title'),
    say('Kommun', 'Municipality'),
    say('Hos', 'With'),
    say('Läge', 'Standing'),
    say('Registrerat', 'Registered'),
    say('Senast ändrat', 'Last changed'),
    say('Adress', 'Address'),
  ];
  const rows = records.map((it) => [
    it.number ?? '',
    view.titleOf(it),
    municipality(it.municipality)?.name ?? it.municipality,
    bodyName(it.municipality, it.body) ?? '',
    it.states.map(({ label }) => say(label)).join(', '),
    day(it.createdAt),
    day(it.updatedAt),
    `${origin}/${it.collection}/${it.id}`,
  ]);
  return csv([head, ...rows]);
}
