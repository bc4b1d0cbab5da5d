import type { Language } from './context.ts';

/**
 * The language that an `Accept-Language` header asks for (RFC 9110, 12.5.4), by its quality values and then by
 * its order. Swedish where it asks for neither of the two.
 */
export function languageOf(header: string | undefined): Language {
  const asked = (header ?? '').split(',').flatMap((part) => {
    const [range = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const language = range.split('-')[0];
    const quality = Number(parameters.find((it) => it.startsWith('q='))?.slice(2) ?? 1);
    return (language === 'sv' || language === 'en') && quality > 0 ? [{ language, quality } as const] : [];
  });
  return asked.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'sv';
}
