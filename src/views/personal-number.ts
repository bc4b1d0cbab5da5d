/** Six or eight digits of a day of birth, four of a serial with its check digit; a space or a sign between. */
const WRITTEN = /(?<!\d)(?:\d{2})?(\d{6})[-+ ]?(\d{4})(?!\d)/g;

/**
 * Whether a text holds what is a Swedish personal or coordination number by its day and its check digit (Luhn).
 * A registry number, a year or a telephone number is none.
 */
export const holdsPersonalNumber = (text: string): boolean =>
  [...text.matchAll(WRITTEN)].some(([, day = '', serial = '']) => isDay(day) && isChecked(day + serial));

/** A month, and a day of it, to which a coordination number adds sixty. */
function isDay(digits: string): boolean {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4)) % 60];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isChecked(digits: string): boolean {
  const sums = [...digits].map((digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return weighed > 9 ? weighed - 9 : weighed;
  });
  return sums.reduce((sum, it) => sum + it, 0) % 10 === 0;
}
