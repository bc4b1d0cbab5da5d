/** Stacks told by the files in which the program was written. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Node's own way (`--enable-source-maps`) reads the maps of all files when they are loaded, which took a fifteenth of a
 * start; here one is read when the first stack is told that goes through its file.
 */
export function tellSources(): void {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    const known = maps.get(file) ?? read(file);
    maps.set(file, known);
    return known;
  };
  Error.prepareStackTrace = (error, sites) =>
    [String(error), ...sites.map((it) => `    at ${placed(it, mapOf)}`)].join('\n');
}

function read(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
  } catch {
    return null;
  }
}

/** A place of a stack as V8 tells it, and where its file was made from others, in the one that it comes from. */
function placed(site: NodeJS.CallSite, mapOf: (file: string) => SourceMap | null): string {
  const told = String(site);
  const file = site.getFileName();
  if (!file?.startsWith('file:')) return told;
  const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
  const from = mapOf(file)?.findEntry(line - 1, column - 1);
  if (!from || !('originalSource' in from)) return told;
  const { originalSource, originalLine, originalColumn } = from;
  const origin = `${new URL(originalSource, file)}:${originalLine + 1}:${originalColumn + 1}`;
  return told.replace(`${file}:${line}:${column}`, origin);
}
