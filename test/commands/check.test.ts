import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check.ts';
import { answer, Folder } from './command.ts';

const stage = (body: string, role: string, ...referTo: string[]) => ({
  id: body,
  type: 'meeting',
  body,
  role,
  referTo,
});
const route = (...stages: object[]) => ({
  name: 'new',
  version: 1,
  label: { sv: 'Ny', en: 'New' },
  stages: [
    { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
    ...stages,
  ],
});
const lawful = route(stage('ks', 'decide', 'administration'));
const pastTheBoard = route(stage('sn', 'propose'), stage('kf', 'decide', 'sn'));

describe('Routes are proved from the command line', { timeout: 300_000 }, () => {
  it('one that keeps the law: exit code 0', async () => {
    using folder = new Folder();
    const { code, out } = await answer(check, folder.file('route.json', lawful));
    expect(out).toMatch(/^✓ huddinge\/new: \d+ states, \d+ transitions, \d+ ms\n$/);
    expect(code).toBe(0);
  });

  it('one that does not: exit code 1, the rule, its source, and the steps that violate it', async () => {
    using folder = new Folder();
    const { code, out } = await answer(check, folder.file('route.json', pastTheBoard));
    expect(out).toMatch(/^✗ huddinge\/new/);
    expect(out).toContain('R-012 (KL 5:28 st 1, 6:13 p 1) is violated: the board has had the opportunity');
    expect(out).toMatch(/\n {2}1\. m ← matter\.assign/);
    expect(code).toBe(1);
  });

  it('in Swedish as well as in English', async () => {
    using folder = new Folder();
    const file = folder.file('route.json', pastTheBoard);
    const { out } = await answer(check, file, '--lang', 'sv');
    expect(out).toContain('R-012 (KL 5:28 st 1, 6:13 p 1) överträds: ');
    expect(out).toContain('Tilldela → Förvaltningen: Tjänsteutlåtande skrivs');
    expect((await answer(check, file)).out).toContain('Assign → Administration: Official report in draft');
    expect((await answer(check, file, '--lang', 'de')).code).toBe(2);
  });

  it('where most of it is never reached, what keeps a matter from it comes first, and the rest is counted', async () => {
    using folder = new Folder();
    const unprepared = folder.file('route.json', route(stage('kf', 'decide', 'administration')));
    const { code, out } = await answer(check, unprepared);
    const [, first, ...rest] = out.split('\n');
    expect(first).toMatch(
      /^ {2}this far and no further: "Listed" in "Municipal council: Awaiting a meeting" is refused \(R-010, KL 5:26/,
    );
    expect(rest.join('\n')).toMatch(/never reached: \d+ more/);
    expect(rest.filter((it) => it.startsWith('  never reached')).length).toBeLessThan(12);
    expect(code).toBe(1);
  });

  it('for a machine: an array of results and nothing else', async () => {
    using folder = new Folder();
    const files = [folder.file('a.json', lawful), folder.file('b.json', pastTheBoard)];
    const { code, out } = await answer(check, '--json', ...files);
    const results = JSON.parse(out) as { route: string; proved: boolean; violations: { rule: string }[] }[];
    expect(results.map((it) => [it.route, it.proved, it.violations.map(({ rule }) => rule)])).toEqual([
      ['huddinge/new', true, []],
      ['huddinge/new', false, ['R-012']],
    ]);
    expect(code).toBe(1);
  });

  it('in another municipality, built in or from a file', async () => {
    using folder = new Folder();
    const file = folder.file('route.json', lawful);
    expect((await answer(check, file, '--municipality', 'salem')).out).toMatch(/^✓ salem\/new/);
    const here = folder.file('here.json', {
      id: 'here',
      name: 'Här',
      calendar: { country: 'SE', zone: 'Europe/Stockholm' },
      registryPrefix: 'H',
      noticeBoard: 'Tavlan',
      bodies: [{ id: 'ks', label: { sv: 'Styrelsen', en: 'Board' }, kind: 'board', seats: 7 }],
    });
    expect((await answer(check, file, '--municipality', here)).out).toMatch(/^✓ here\/new/);
  });

  it('from the file that is published, with the data of its municipality or a reference to it', async () => {
    using folder = new Folder();
    const norway = join(import.meta.dirname, '../scenarios/routes/norway.json');
    expect((await answer(check, norway)).out).toMatch(/^✓ nordvik\/council-case/);
    const there = folder.file('salem.json', { municipality: 'salem', route: lawful });
    expect((await answer(check, there)).out).toMatch(/^✓ salem\/new/);
    const nowhere = folder.file('nowhere.json', { municipality: 'atlantis', route: lawful });
    expect((await answer(check, nowhere)).code).toBe(2);
  });

  it.each([
    ['a file that is not there', 'nowhere.json', 'ENOENT'],
    ['an option that does not exist', '--fast', "Unknown option '--fast'"],
  ])('wrongly used: %s', async (_, argument, said) => {
    const { code, err } = await answer(check, argument);
    expect(err).toContain(said);
    expect(code).toBe(2);
  });

  it('wrongly used: a file that is no route', async () => {
    using folder = new Folder();
    const { code, err } = await answer(check, folder.file('route.json', { name: 'x' }));
    expect(err).toContain('route.json');
    expect(code).toBe(2);
  });
});
