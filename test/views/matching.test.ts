import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from '../../db/fold.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { sodertorn } from '../../machines/municipalities/sodertorn.ts';
import { closest, distance } from '../../src/views/matching.ts';
import { bodyNamed, municipalityNamed } from '../../src/views/warnings.ts';

const names = huddinge.recipients.map((it) => it.name);
const word = fc.string({ unit: fc.constantFrom(...'abcåäö'), maxLength: 12, size: 'max' });

describe('Folding a name', () => {
  it.each([
    ['Södertörns högskola', 'sodertorns hogskola'],
    ['  VÅRD-  och omsorgsnämnden ', 'vard och omsorgsnamnden'],
    ['So\u0308derto\u0308rn', 'sodertorn'],
    ['Huge Bostäder AB.', 'huge bostader ab'],
    ['', ''],
  ])('%j gives %j', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it('once more changes nothing, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200, size: 'max' }),
        (text) => folded(folded(text)) === folded(text),
      ),
    );
  });
});

describe('The distance of two texts', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['resarch', 'research', 1],
    ['institute', 'institutes', 1],
    ['sodertern', 'sodertorn', 1],
    ['ab', 'ba', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%j and %j: %i', (a, b, letters) => {
    expect(distance(a, b)).toBe(letters);
    expect(distance(b, a)).toBe(letters);
  });

  it('is nought for the same text only, the same both ways, and at most the longer text', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  it('is one where two neighbouring letters have changed places', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(`${a}xy${b}`, `${a}yx${b}`)).toBe(1);
      }),
    );
  });
});

describe('A name as written is matched to the registry', () => {
  it.each([
    ['Resarch Institute of Sweden AB', 'Research Institutes of Sweden AB'],
    ['Sodertérns hogskola', 'Södertörns högskola'],
    ['HUGE BOSTADER AB', 'Huge Bostäder AB'],
    ['AB Huge Bostäder', 'Huge Bostäder AB'],
    ['Karolinska Instituet', 'Karolinska Institutet'],
    ['Vård och omsorgsnämnden', 'Vård- och omsorgsnämnden'],
    ['Research Institutes of Sweden AB', 'Research Institutes of Sweden AB'],
  ])('%j is %j', (written, meant) => {
    expect(closest(written, names)).toBe(meant);
  });

  it.each(['Karolinska sjukhuset', 'Höganäs kommun', 'Institutet', 'Huge Fastigheter', 'AB', '', 'kf'])(
    '%j is nobody in it',
    (written) => {
      expect(closest(written, names)).toBeNull();
    },
  );

  it('a name with one letter wrong is still itself, wherever the letter stands', () => {
    const among = fc
      .constantFrom(...names)
      .chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length - 1)));
    fc.assert(
      fc.property(among, fc.constantFrom(...'abcdefgh'), ([name, at], letter) => {
        expect(closest(name.slice(0, at) + letter + name.slice(at + 1), names)).toBe(name);
      }),
    );
  });
});

describe('Municipalities and bodies are known in scanned text', () => {
  it.each([
    ['Nynashamn', 'nynashamn'],
    ['Sddertalje', 'sodertalje'],
    ['Tyreso', 'tyreso'],
    ['HUDDINGE KOMMUN', 'huddinge'],
    ['Botkyrka', 'botkyrka'],
    ['Nykvarns kommun', 'nykvarn'],
  ])('%j is %s', (written, id) => {
    expect(municipalityNamed(written, sodertorn)?.id).toBe(id);
  });

  it.each(['Stockholm', 'Höganäs', 'kommun', ''])('%j is none of the eight', (written) => {
    expect(municipalityNamed(written, sodertorn)).toBeNull();
  });

  it.each([
    ['Kommunstyrelsen', 'ks'],
    ['kommunstyrlsen', 'ks'],
    ['KOMMUNFULLMAKTIGE', 'kf'],
    ['Socialnamnden', 'sn'],
    ['Municipal council', 'kf'],
    ['kf', 'kf'],
  ])('%j is %s', (written, id) => {
    expect(bodyNamed(written, huddinge)?.id).toBe(id);
  });

  it.each(['Byggnadsnämnden', 'förvaltningen', ''])('%j is no body of Huddinge', (written) => {
    expect(bodyNamed(written, huddinge)).toBeNull();
  });
});
