import type { EntryChange } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';

/**
 * What kind of batch an entry belongs in. An adjustment goes either way: what is told as one may be a credit note, or the
 * reversal of one, which raises the balance again.
 */
export function batchOf({
  kind,
  effectMinor,
}: Pick<EntryChange, 'kind' | 'effectMinor'>): keyof AimSettings['batchTypes'] {
  switch (kind) {
    case 'payment':
    case 'reversal':
      return kind;
    case 'adjustment':
    case 'write-off':
      return effectMinor > 0 ? 'increase' : 'decrease';
    case 'assessment':
    case 'interest':
    case 'fee':
      return 'increase';
  }
}
