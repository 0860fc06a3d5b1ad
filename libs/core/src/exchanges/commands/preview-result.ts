import type { FieldCipher } from '../../crypto/field-cipher.js';
import type { PreviewedFile } from '../preview/previewed-file.js';

/**
 * A previewed file in a command's result. Its bytes hold what identifies people: they are sealed for the row that they are kept
 * in, and opened by whoever shows them.
 */
export interface SealedFile extends Omit<PreviewedFile, 'beginning' | 'compared'>, Partial<Compared> {
  readonly sealed: string;
}

type Compared = NonNullable<PreviewedFile['compared']>;

/** A previewed file as people get it: its bytes' beginning in base64. */
export interface OpenedFile extends Omit<SealedFile, 'sealed'> {
  readonly base64: string;
}

/** What the command exchange-preview results in. */
export interface PreviewResult<F = SealedFile> {
  readonly files: readonly F[];
}

export function sealPreview(cipher: FieldCipher, commandId: string, files: readonly PreviewedFile[]): PreviewResult {
  return {
    files: files.map(({ beginning, compared, ...file }, index) => ({
      ...file,
      ...(compared ?? {}),
      sealed: cipher.encrypt(beginning.toString('base64'), place(commandId, index)).toString('base64'),
    })),
  };
}

/**
 * Opens the result of a preview for the person who asked for it.
 *
 * @param commandId the command that it is the result of: it can be opened for no other
 */
export function openPreview(cipher: FieldCipher, commandId: string, result: PreviewResult): PreviewResult<OpenedFile> {
  return {
    files: result.files.map(({ sealed, ...file }, index) => ({
      ...file,
      base64: cipher.decrypt(Buffer.from(sealed, 'base64'), place(commandId, index)),
    })),
  };
}

function place(commandId: string, index: number) {
  return { table: 'exchange.command', column: 'result', row: `${commandId} ${index}` };
}
