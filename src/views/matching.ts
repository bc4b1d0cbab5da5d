/** Names as people and scanners write them, matched to names as they are. */
import { folded } from '../../db/fold.ts';

/** How alike two names must be, from 0 to 1: one letter wrong in four, or one word in four. */
const ALIKE = 0.75;

/** The name most like what is written, or null when none is alike. Of equals the first. */
export function closest(written: string, names: readonly string[]): string | null {
  const text = folded(written);
  let best: { name: string; likeness: number } | null = null;
  for (const name of names) {
    const likeness = likenessOf(text, folded(name));
    if (likeness >= ALIKE && likeness > (best?.likeness ?? 0)) best = { name, likeness };
  }
  return best?.name ?? null;
}

/** From 0 to 1, for folded texts: as a whole or word by word, whichever is more. */
function likenessOf(a: string, b: string): number {
  return Math.max(lettersAlike(a, b), wordsAlike(a.split(' '), b.split(' ')));
}

/** Nought where the lengths alone say that the texts are not alike. */
function lettersAlike(a: string, b: string): number {
  const longer = Math.max(a.length, b.length, 1);
  const atMost = 1 - Math.abs(a.length - b.length) / longer;
  return atMost < ALIKE ? 0 : 1 - distance(a, b) / longer;
}

/** The share of the longer name's words that the other has too, in any order. */
function wordsAlike(a: readonly string[], b: readonly string[]): number {
  const [longer, shorter] = a.length > b.length ? [a, [...b]] : [b, [...a]];
  const found = longer.filter((word) => {
    const at = shorter.findIndex((it) => lettersAlike(word, it) >= ALIKE);
    if (at >= 0) shorter.splice(at, 1);
    return at >= 0;
  });
  return found.length / longer.length;
}

/** Damerau and Levenshtein: letters to insert, delete, change, or swap with their neighbour. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line[column] = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}
