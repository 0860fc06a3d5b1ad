import type { Change, EncodeContext, EncoderInput, FileFault, FileFormat } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';

/** What one change is written as, or why it can't be. */
export type Written =
  | { readonly records: EncoderInput; readonly refused?: undefined }
  | { readonly refused: Pick<FileFault, 'rule' | 'message'> };

/** Writes the records of changes, each change whole or not at all. One that can't be written is set aside with the reason. */
export async function* writeChanges(
  changes: AsyncIterable<Change>,
  context: EncodeContext<AimSettings>,
  format: FileFormat,
  recordsOf: (change: Change) => Written,
  onSetAside: (change: Change) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let current: Change | null = null;
  let aside: Change | null = null;
  const setAside = (change: Change, fault: FileFault): void => {
    if (aside === change) return;
    aside = change;
    onSetAside(change);
    context.setAside(change.sequence, fault);
  };
  async function* records(): AsyncGenerator<EncoderInput> {
    let written = 0;
    for await (const change of changes) {
      current = change;
      const told = recordsOf(change);
      if (told.refused !== undefined) {
        const place = { severity: 'record', file: context.fileName, record: written + 1 } as const;
        setAside(change, { ...place, field: null, position: null, value: null, ...told.refused });
        continue;
      }
      written += Array.isArray(told.records) ? told.records.length : 1;
      yield told.records;
    }
  }
  const formatContext = { file: context.fileName, date: context.date };
  yield* format.encode(records(), formatContext, (fault) => {
    if (fault.severity === 'file' || current === null) {
      throw new Error(`${fault.field ?? 'The file'}: ${fault.message}`);
    }
    setAside(current, fault);
  });
}
