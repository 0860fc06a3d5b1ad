import type { FieldPlace, Layout } from './metro2-layouts.ts';
import { BASE, SEGMENTS } from './metro2-layouts.ts';
import type { AccountRecord } from './metro2-record.ts';
import { dateAt } from './metro2-record.ts';

/** Why a record is refused: the field as the bureau names it, an edit code and words. All codes are made up. */
export interface EditFailure {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** Edits that every field must pass whatever it means: its characters, its padding, its digits, its dates. */
export function shapeFailure(record: AccountRecord): EditFailure | undefined {
  const { text } = record;
  const parts: readonly { prefix: string; layout: Layout; offset: number }[] = [
    { prefix: '', layout: BASE, offset: 0 },
    ...record.segments.map(({ id, offset }) => ({ prefix: `${id} `, layout: layoutOf(id), offset })),
  ];
  for (const { prefix, layout, offset } of parts) {
    for (const [name, place] of Object.entries(layout)) {
      const failure = fieldFailure(text, place, offset);
      if (failure !== undefined) return { field: prefix + name, ...failure };
    }
  }
  return undefined;
}

function layoutOf(id: string): Layout {
  const segment = SEGMENTS.find((known) => known.id === id);
  if (segment === undefined) throw new Error(`no layout for segment ${id}`);
  return segment.layout;
}

function fieldFailure(text: string, place: FieldPlace, offset: number): Omit<EditFailure, 'field'> | undefined {
  const [first, last, kind] = place;
  const raw = text.slice(offset + first - 1, offset + last);
  if (/[^\x20-\x7e]/.test(raw)) return { code: 'CHAR01', message: 'CHARACTER OUTSIDE PRINTABLE ASCII' };
  if (kind === 'text') {
    if (/[a-z]/.test(raw)) return { code: 'CHAR02', message: 'LOWER CASE IS NOT TAKEN' };
    if (raw.startsWith(' ') && raw.trim() !== '') return { code: 'PAD001', message: 'TEXT IS NOT LEFT-JUSTIFIED' };
  } else if (kind === 'number') {
    if (!/^\d+$/.test(raw)) return { code: 'NUM001', message: 'NOT A ZERO-FILLED NUMBER' };
  } else if (kind === 'date' || kind === 'stamp') {
    if (!/^\d+$/.test(raw) || dateAt(text, place, offset) === undefined) {
      return { code: 'DATE01', message: 'NO SUCH DATE' };
    }
  }
  return undefined;
}
