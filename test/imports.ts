import { posix } from 'node:path';
import { parseAst } from 'vitest/node';

/** What a module imports, re-exports, requires or loads. A project file is named from the project root. */
export type Import = { kind: 'file' | 'package' | 'computed'; name: string; typeOnly: boolean };

/** The imports of a module, and whether it does nothing but pass on what others export. */
export type Module = { imports: readonly Import[]; barrel: boolean };

type Node = { type: string } & Record<string, unknown>;

/**
 * Reads a module's imports out of its syntax tree, wherever they stand and however they are written.
 * @param path the module's path from the project root, with forward slashes
 * @throws when the source is not valid TypeScript
 */
export function readModule(path: string, source: string): Module {
  const lang = path.endsWith('x') ? 'tsx' : 'ts';
  const program = parseAst(source, { lang, astType: 'ts', sourceType: 'module' }, path);
  const imports = lang === 'tsx' ? [toImport(path, 'hono/jsx/jsx-runtime', false)] : [];
  visit(program, (node) => {
    const found = importOf(node);
    if (found) imports.push(toImport(path, found.specifier, found.typeOnly));
  });
  return { imports, barrel: isBarrel(program.body) };
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isNode(value)) {
    see(value);
    for (const child of Object.values(value)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function importOf(node: Node): { specifier: unknown; typeOnly: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node.source), typeOnly: node.importKind === 'type' };
    case 'ExportAllDeclaration':
      return { specifier: literal(node.source), typeOnly: node.exportKind === 'type' };
    case 'ExportNamedDeclaration':
      return node.source
        ? { specifier: literal(node.source), typeOnly: node.exportKind === 'type' }
        : undefined;
    case 'ImportExpression':
      return { specifier: literal(node.source), typeOnly: false };
    case 'TSImportType':
      return { specifier: literal(node.source), typeOnly: true };
    case 'CallExpression':
      return isNode(node.callee) && node.callee.name === 'require' && Array.isArray(node.arguments)
        ? { specifier: literal(node.arguments[0]), typeOnly: false }
        : undefined;
    default:
      return undefined;
  }
}

function literal(node: unknown): unknown {
  return isNode(node) && node.type === 'Literal' ? node.value : undefined;
}

function toImport(path: string, specifier: unknown, typeOnly: boolean): Import {
  if (typeof specifier !== 'string') return { kind: 'computed', name: 'computed at run time', typeOnly };
  if (specifier.startsWith('.')) {
    return { kind: 'file', name: posix.join(posix.dirname(path), specifier), typeOnly };
  }
  const parts = specifier.split('/');
  const name = specifier.startsWith('node:')
    ? specifier
    : parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return { kind: 'package', name, typeOnly };
}

function isBarrel(body: readonly { type: string; declaration?: unknown; source?: unknown }[]): boolean {
  const passesOn = (statement: (typeof body)[number]) =>
    statement.type === 'ExportAllDeclaration' ||
    (statement.type === 'ExportNamedDeclaration' && !statement.declaration);
  const others = body.filter((statement) => statement.type !== 'ImportDeclaration' && !passesOn(statement));
  return (
    body.some((statement) => statement.type === 'ExportAllDeclaration') ||
    (body.some(passesOn) && others.length === 0)
  );
}
