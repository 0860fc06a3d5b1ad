import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';
import { readAnyLayout, readRecord, type LayoutFault, type SuppliedLayout } from '@concord/plugin-sdk/codec';

type Path = readonly (string | number)[];

/** One thing wrong with a mapping, with its place in the YAML file. Line and column are from 1. */
export interface MappingFault {
  readonly line: number;
  readonly column: number;
  /** Where it is among the properties: `layout.records[0].fields[3].length`. */
  readonly path: string;
  readonly message: string;
}

/** A layout, or a record for a plugin's own layout, that a YAML file holds. */
export interface FoundMapping {
  /** The keys that lead to it; empty where it is the whole file. */
  readonly key: string;
  readonly kind: 'layout' | 'record';
  readonly name: string | null;
  /** Null for a record, and for a layout with faults. */
  readonly layout: SuppliedLayout | null;
  readonly faults: readonly MappingFault[];
}

export interface MappingFile {
  readonly mappings: readonly FoundMapping[];
  /** What is wrong with the YAML itself. */
  readonly faults: readonly MappingFault[];
}

/** Properties that only layouts have. Two of them make a layout, so that a misspelled one is found and not passed over. */
const OF_LAYOUTS = ['form', 'characterSet', 'maxRecordLength', 'records', 'delimiter', 'separator', 'lineEnd'];
const DEEPEST = 8;

/** Finds and checks every layout in the text of a YAML file. */
export function readMappingFile(text: string): MappingFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      ...at(pos[0]),
      path: '',
      message: `not YAML: ${message}`,
    }));
    return { mappings: [], faults };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { mappings: [], faults: [{ line: 1, column: 1, path: '', message: (error as Error).message }] };
  }
  const placed = (base: Path, faults: readonly LayoutFault[]): MappingFault[] =>
    faults
      .map(({ path, message }) => {
        const whole = [...base, ...path];
        return { ...at(offsetOf(document, whole)), path: printedPath(whole), message };
      })
      .toSorted((one, other) => one.line - other.line || one.column - other.column);
  const mappings = candidates(value, []).map(({ path, kind, found }): FoundMapping => {
    const read = kind === 'layout' ? readAnyLayout(found) : readRecord(found);
    const name = typeof found['name'] === 'string' ? found['name'] : null;
    const layout = kind === 'layout' && read.layout !== undefined ? (read.layout as SuppliedLayout) : null;
    return { key: printedPath(path), kind, name, layout, faults: placed(path, read.faults ?? []) };
  });
  return { mappings, faults: [] };
}

interface Candidate {
  readonly path: Path;
  readonly kind: 'layout' | 'record';
  readonly found: Readonly<Record<string, unknown>>;
}

function candidates(value: unknown, path: Path): Candidate[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || path.length > DEEPEST) return [];
  const found = value as Readonly<Record<string, unknown>>;
  if (OF_LAYOUTS.filter((property) => property in found).length >= 2) return [{ path, kind: 'layout', found }];
  if (Array.isArray(found['fields']) && ('recognise' in found || 'length' in found)) {
    return [{ path, kind: 'record', found }];
  }
  return Object.entries(found).flatMap(([key, inner]) => candidates(inner, [...path, key]));
}

/** Where a property stands; for one that is missing, where the group stands that should have it. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }: Pair) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function printedPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
