/**
 * How wide a text will be, estimated without a font: the advance widths of DejaVu Sans, the widest of the
 * families that the picture asks for, in thousandths of the font size and rounded up into a few classes.
 */
const WIDTHS: readonly (readonly [number, string])[] = [
  [295, "'ijlIJ"],
  [337, ' ,./:;\\|·'],
  [400, 'f-()[]t!'],
  [460, 'r"'],
  [550, '*_`sz?c–'],
  [604, 'LFkvxyP§'],
  [636, 'TYoaeEhnuSbdgpq$0123456789{}'],
  [700, 'KAVXZBRC'],
  [787, 'UNHDG&OQ'],
  [863, 'w#+<=>^~M→'],
];
const WIDEST = 1000;
const BOLD = 1.16;
const MAX_LINES = 4;
const widths = new Map(
  WIDTHS.flatMap(([width, glyphs]) => [...glyphs].map((glyph) => [glyph, width] as const)),
);

type Weight = 'normal' | 'bold';

/** The width of a text in pixels at a font size in pixels. Accents add nothing, unknown signs are a full em. */
export function textWidth(text: string, size: number, weight: Weight = 'normal'): number {
  let sum = 0;
  for (const glyph of text.normalize('NFD')) if (!/\p{M}/u.test(glyph)) sum += widths.get(glyph) ?? WIDEST;
  return (sum / 1000) * size * (weight === 'bold' ? BOLD : 1);
}

/**
 * The text in lines of about equal length, none wider than `max` pixels. A word that is too long for a line is
 * cut where it reaches the border; what does not fit in four lines ends in an ellipsis.
 */
export function wrapped(text: string, size: number, weight: Weight, max: number): string[] {
  const words = text
    .trim()
    .split(/\s+/u)
    .flatMap((word) => pieces(word, size, weight, max));
  const lines = filled(words, size, weight, max);
  if (lines.length > MAX_LINES) {
    const last = [...(lines[MAX_LINES - 1] ?? '')].slice(0, -1).join('');
    return [...lines.slice(0, MAX_LINES - 1), `${last}…`];
  }
  return balanced(words, lines, size, weight, max);
}

/** Words set into lines, each line as full as it gets. */
function filled(words: readonly string[], size: number, weight: Weight, max: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= max) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The narrowest setting of the words that needs no more lines. */
function balanced(
  words: readonly string[],
  lines: string[],
  size: number,
  weight: Weight,
  max: number,
): string[] {
  let best = lines;
  for (let limit = max - size; limit > 0; limit -= size) {
    const narrower = filled(words, size, weight, limit);
    if (narrower.length > lines.length) break;
    best = narrower;
  }
  return best;
}

function pieces(word: string, size: number, weight: Weight, max: number): string[] {
  const cut: string[] = [''];
  for (const glyph of word) {
    const piece = `${cut.at(-1)}${glyph}`;
    if (textWidth(piece, size, weight) <= max || piece === glyph) cut[cut.length - 1] = piece;
    else cut.push(glyph);
  }
  return cut;
}
