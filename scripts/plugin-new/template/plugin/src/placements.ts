import type { Change, EncodeContext, FileFormat, NameContext, PartnerRecord } from '@concord/plugin-sdk';
import { fileFormat } from '@concord/plugin-sdk/codec';
import { PLACEMENTS } from './layout/placements.js';
import type { PartnerSettings } from './settings.js';

const formats = new WeakMap<PartnerSettings, FileFormat>();

/** The format of our files, compiled once for an office's settings. */
export function placementFormat(settings: PartnerSettings): FileFormat {
  const known = formats.get(settings);
  if (known !== undefined) return known;
  const format = fileFormat(PLACEMENTS, {
    header: ({ file, date }) => ({ dateCreated: date, officeCode: settings.officeCode, fileName: file }),
  });
  formats.set(settings, format);
  return format;
}

/** Name of a file: never the same twice, because the number never repeats. */
export function fileNameOf({ settings, date, fileSequence }: NameContext<PartnerSettings>): string {
  return `${settings.fileNamePrefix}${date.replaceAll('-', '')}${String(fileSequence).padStart(4, '0')}.txt`;
}

/** Writes the file that tells the given changes. A change whose record can't be written is set aside with the first reason. */
export async function* encodePlacements(
  changes: AsyncIterable<Change>,
  context: EncodeContext<PartnerSettings>,
): AsyncGenerator<Uint8Array> {
  let sequence = 0;
  let aside = 0;
  async function* records(): AsyncGenerator<PartnerRecord> {
    for await (const change of changes) {
      ({ sequence } = change);
      yield recordOf(change);
    }
  }
  const about = { file: context.fileName, date: context.date };
  yield* placementFormat(context.settings).encode(records(), about, (fault) => {
    if (fault.severity === 'file') throw new Error(`${fault.field ?? 'The file'}: ${fault.message}`);
    if (aside === sequence) return;
    aside = sequence;
    context.setAside(sequence, fault);
  });
}

function recordOf({ state, reference, amountMinor, content }: Change): PartnerRecord {
  return {
    recordType: 'D',
    action: state === 'active' ? 'P' : 'R',
    reference,
    amount: amountMinor,
    surname: content['surname'],
    firstName: content['firstName'],
    street: content['street'],
    city: content['city'],
    region: content['region'],
    postalCode: content['postalCode'],
  };
}
