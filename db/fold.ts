/** Texts as they are compared: what is stored to be searched for, and what is sought, go through the same. */

/**
 * A text without what scanning and typing lose: case, diacritics (å ä ö é …), punctuation and surplus spaces.
 * "Nynäshamns  kommun" and "NYNASHAMNS KOMMUN" are the same.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A text that is longer is no title: what comes after is not searched for. */
const MOST_WORDS = 60;
/** Two words that are alike this far are one. */
const LONGEST_WORD = 40;

/** The words of a text, folded, each once. */
export const wordsOf = (text: string): readonly string[] =>
  [...new Set(folded(text).split(' '))]
    .filter((it) => it !== '')
    .slice(0, MOST_WORDS)
    .map((it) => [...it].slice(0, LONGEST_WORD).join(''));
