/** One record as the partner reads it. */
export interface Placement {
  readonly action: 'P' | 'R';
  readonly reference: string;
  /** Cents. */
  readonly amount: number;
  readonly surname: string;
}

export interface ReadFile {
  /** Date Created, CCYYMMDD; zeros where it can't be read. */
  readonly date: string;
  readonly placements: readonly Placement[];
  /** Why nothing of the file is carried out; null when it is sound. */
  readonly wholeFile: string | null;
}

const RECORD_LENGTH = 160;

/** Reads an office's file with a reader of its own: a mistake on one side must not be repeated on the other. */
export function readPlacements(bytes: Uint8Array): ReadFile {
  const lines = Buffer.from(bytes).toString('latin1').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const [header = '', trailer = ''] = [lines[0], lines.at(-1)];
  const date = /^H(\d{8})/.exec(header)?.[1] ?? '00000000';
  const refuse = (wholeFile: string): ReadFile => ({ date, placements: [], wholeFile });
  if (!header.startsWith('H') || !trailer.startsWith('T') || lines.length < 2)
    return refuse('HEADER OR TRAILER MISSING');
  const placements: Placement[] = [];
  for (const line of lines.slice(1, -1)) {
    const action = line.slice(1, 2);
    if (line.length !== RECORD_LENGTH || !line.startsWith('D')) return refuse('RECORD OF ANOTHER LENGTH OR TYPE');
    if ((action !== 'P' && action !== 'R') || !/^\d{24}$/.test(line.slice(2, 26)))
      return refuse('RECORD CAN NOT BE READ');
    const [reference, amount] = [line.slice(2, 14), Number(line.slice(14, 26))];
    placements.push({ action, reference, amount, surname: line.slice(26, 56).trim() });
  }
  const sum = placements.reduce((total, { amount }) => total + amount, 0);
  const stated = [Number(trailer.slice(1, 10)), Number(trailer.slice(10, 25))];
  if (stated[0] !== placements.length || stated[1] !== sum) return refuse('TOTALS ARE NOT THOSE OF THE FILE');
  return { date, placements, wholeFile: null };
}
