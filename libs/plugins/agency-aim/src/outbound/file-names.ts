import type { NameContext } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';

/** The kind of a placement file, the only one that is public. */
const PLACEMENTS = 'CPLC';

type Kind = 'placements' | keyof AimSettings['fileKinds'];

/** Name of a file: prefix, kind, date, sequence. No blanks and nothing special in it, and never the same twice. */
export function fileNameOf(kind: Kind, { settings, date, fileSequence }: NameContext<AimSettings>): string {
  const word = kind === 'placements' ? PLACEMENTS : settings.fileKinds[kind];
  const sequence = String(fileSequence).padStart(4, '0');
  return `${settings.fileNamePrefix}${word}${date.replaceAll('-', '')}${sequence}.txt`;
}
