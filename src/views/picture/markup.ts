/** A text as SVG content or attribute value: what XML cannot hold is replaced, the rest escaped. */
export function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}

/** An element id made of a name: letters, digits, `.` and `-` stay, other signs become `_hex_`; no two names meet. */
export function elementId(prefix: 's' | 't', name: string): string {
  return `${prefix}-${name.replace(/[^\p{L}\p{N}.-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`)}`;
}

type Value = string | number | undefined | null | false;

/** One element. Attributes without a value are left out; numbers are written to a tenth of a pixel. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...inner: readonly string[]
): string {
  let tag = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    tag += ` ${key}="${typeof value === 'number' ? Math.round(value * 10) / 10 : escaped(value)}"`;
  }
  return inner.length > 0 ? `<${tag}>${inner.join('')}</${name}>` : `<${tag}/>`;
}
