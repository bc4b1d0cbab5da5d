/** Whoever runs a command is answered in Swedish or English. */
import { describe, expect, it } from 'vitest';
import { rules as law } from '../../machines/law/rules.ts';
import { sayIn } from '../../src/clerk/language.ts';
import { account } from '../../src/commands/account.ts';
import { arendegang } from '../../src/commands/arendegang.ts';
import { backup } from '../../src/commands/backup.ts';
import { check } from '../../src/commands/check.ts';
import { carryOut, languageOf } from '../../src/commands/command.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { migrate } from '../../src/commands/migrate.ts';
import { play } from '../../src/commands/play.ts';
import { redact } from '../../src/commands/redact.ts';
import { rules } from '../../src/commands/rules.ts';
import { serve } from '../../src/commands/serve.ts';
import { token } from '../../src/commands/token.ts';
import { transfer } from '../../src/commands/transfer.ts';
import { type Examined, print, verify } from '../../src/commands/verify.ts';
import { answer } from './command.ts';

const commands = [
  ...[serve, play, verify, backup, transfer, migrate, redact, doctor, check, rules, token],
  account,
];
const ignored = { write: () => {} };

/** What the whole program answers on a machine in that language. */
async function answered(language: 'sv' | 'en', ...args: readonly string[]) {
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const code = await arendegang(args, { out: stream, err: stream }, language);
  return { code, said: said.join('') };
}

describe('The language of the answers', () => {
  it.each([
    [{ LANG: 'sv_SE.UTF-8' }, 'sv'],
    [{ LC_ALL: 'sv', LANG: 'en_GB' }, 'sv'],
    [{ LC_ALL: '', LC_MESSAGES: 'sv_FI', LANG: 'C' }, 'sv'],
    [{ LC_ALL: 'C', LANG: 'sv_SE' }, 'en'],
    [{ LANG: 'sva_GE' }, 'en'],
    [{}, 'en'],
  ])('is the machine’s: %o', (environment, language) => {
    expect(languageOf(environment)).toBe(language);
  });

  it('is another where it is asked for', async () => {
    expect((await answered('sv', '--help')).said).toContain('lista rättsreglerna');
    expect((await answered('sv', '--help', '--lang', 'en')).said).toContain('list the legal rules');
    expect((await answered('en', 'rules', '--lang=sv', '--help')).said).toContain('Listar rättsreglerna');
    for (const choice of [['--lang', 'sv'], ['--lang=sv']])
      expect((await answered('en', ...choice, 'rules', '--help')).said).toContain('Listar rättsreglerna');
    expect(await answered('sv', 'dance')).toEqual({
      code: 2,
      said: expect.stringContaining('Det finns inget kommando ”dance”.'),
    });
  });

  it('is one of two: another is wrong use (exit code 2)', async () => {
    expect(await answer(rules, '--lang', 'no')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"no"'),
    });
    expect(await carryOut(rules, ['--lang'], { out: ignored, err: ignored })).toBe(2);
  });
});

describe('Every command', () => {
  it.each(commands.map((it) => [it.name, it] as const))(
    '%s tells of the same options in both languages, and of the choice between them',
    (_, { help }) => {
      const options = (text: string) => [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map((it) => it[1]).sort();
      expect(options(help.sv)).toEqual(options(help.en));
      expect(options(help.sv)).toContain('--lang');
    },
  );

  it.each([
    [['--database', '/nowhere/a.db'], 'det finns ingen databas', 'there is no database'],
    [['--fast'], 'Flaggan ”--fast” finns inte.', 'Unknown option'],
    [['--database'], 'Flaggan ”--database <value>” saknar sitt värde', 'argument missing'],
    [['x'], '”x” är ett argument för mycket.', 'Unexpected argument'],
  ])('says what is wrong with %o in the language that was asked for', async (args, sv, en) => {
    expect(await answer(verify, ...args, '--lang', 'sv')).toMatchObject({
      code: 2,
      err: expect.stringContaining(sv),
    });
    expect(await answer(verify, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(en) });
  });
});

describe('The legal rules are listed', () => {
  const told = async (id: string, ...args: readonly string[]) =>
    (await answer(rules, ...args)).out.split(/^(?=R-)/m).find((it) => it.startsWith(id)) ?? '';

  it('in Swedish, and what an observer watches too', async () => {
    const swedish = await told('R-114', '--lang', 'sv');
    expect(swedish).toContain(law['R-114'].sv);
    expect(swedish).toContain('observatör: Prövas mot varje steg på varje väg');
    expect(swedish).toMatch(/\n {7}tester: test\//);
    expect(await told('R-100', '--lang', 'sv')).toContain('inte tillämplig: ');
    expect(await told('R-055', '--lang', 'sv')).toContain('villkor thirdDemands: huddinge/council-matter');
  });

  it('in English otherwise', async () => {
    expect(await told('R-055')).toContain('guard thirdDemands: huddinge/council-matter');
    expect(await told('R-114')).toContain(law['R-114'].en);
  });
});

describe('An audit is told', () => {
  const rule = 'R-012';
  const examined = {
    head: { number: 5, hash: 'ab' },
    rightsIntact: false,
    rightsHead: { number: 3, hash: 'cd' },
    actors: 2,
    entries: 9,
    chainIntact: true,
    replayEqual: false,
    lawful: null,
    findings: [],
    redactions: [],
    legality: [
      { rule, cite: 'KL 5:28', watches: 'the board is heard', verdict: 'violated', evidence: null },
      { rule: 'R-069', cite: 'KL 5:69', watches: 'approved', verdict: 'late', evidence: null },
    ],
  } as unknown as Examined;
  const told = (language: 'sv' | 'en') => {
    const said: string[] = [];
    print(examined, { out: { write: (text) => said.push(text) }, say: sayIn(language) });
    return said.join('');
  };

  it('in Swedish or English, with the rule that was violated in its own words', () => {
    expect(told('sv')).toContain(
      `: bruten: ${law[rule].sv}\n– R-069 (KL 5:69) : tiden gick ut; det beslutade gäller ändå\n2 aktörer, 9 poster\nkedjan hel: ja\n`,
    );
    expect(told('sv')).toMatch(
      /detsamma: NEJ\nlagligt: inte prövat\nbehörighetsregistret helt: NEJ\nhuvud: 5:ab\nregistrets huvud: 3:cd\n$/,
    );
    expect(told('en')).toContain(
      ': violated: the board is heard\n– R-069 (KL 5:69) : the time passed; what was decided holds all the same\n2 actors, 9 entries\nchain intact: yes\n',
    );
    expect(told('en')).toMatch(
      /equal: NO\nlawful: not judged\nregister of access rights intact: NO\nhead: 5:ab\nhead of the register: 3:cd\n$/,
    );
  });
});
