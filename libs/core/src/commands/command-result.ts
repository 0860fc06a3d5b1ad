import type { FieldCipher } from '../crypto/field-cipher.js';
import { openPreview } from '../exchanges/commands/preview-result.js';
import type { PreviewResult } from '../exchanges/commands/preview-result.js';
import type { CommandKind } from './command-kinds.js';

/**
 * What came of a command, as the person gets it who asked for it: what identifies people is sealed in the database, and opened
 * only here.
 */
export function openedResult(cipher: FieldCipher, id: string, kind: CommandKind, result: unknown): unknown {
  if (kind !== 'exchange-preview' || result === null) return result;
  return openPreview(cipher, id, result as PreviewResult);
}
