import type { Change, EncodeContext, FileFormat, FileFormatContext, PartnerRecord } from '@concord/plugin-sdk';
import { fileFormat, type RecordViolation } from '@concord/plugin-sdk/codec';
import { fixedRecordFormat } from './fixed/fixed-record-format.js';
import { ReservedSegments } from './fixed/reserved-segments.js';
import { layoutOf } from './layout/layout-of.js';
import { recordOf } from './record.js';
import { recordRules } from './record-rules.js';
import type { Metro2Settings } from './settings.js';

const formats = new WeakMap<Metro2Settings, FileFormat>();

/** The tradeline file of one furnisher, compiled once for its settings. */
export function tradelineFormat(settings: Metro2Settings): FileFormat {
  const known = formats.get(settings);
  if (known !== undefined) return known;
  const format = formatOf(settings);
  formats.set(settings, format);
  return format;
}

function formatOf(settings: Metro2Settings): FileFormat {
  const layout = layoutOf(settings);
  const header = (context: FileFormatContext): PartnerRecord => headerOf(settings, context);
  const rules = recordRules(settings);
  if (settings.fixedRecords === undefined) return fileFormat(layout, { header, check: rules });
  const reserved = new ReservedSegments(layout, settings.fixedRecords);
  const check = (record: PartnerRecord): readonly RecordViolation[] => [
    ...rules(record),
    ...reserved.violations(record),
  ];
  return fixedRecordFormat(fileFormat(layout, { header, check }), reserved);
}

function headerOf(settings: Metro2Settings, { date }: FileFormatContext): PartnerRecord {
  const { programIdentifiers: programs, reporter } = settings;
  return {
    innovisProgramIdentifier: programs?.innovis,
    equifaxProgramIdentifier: programs?.equifax,
    experianProgramIdentifier: programs?.experian,
    transUnionProgramIdentifier: programs?.transunion,
    activityDate: date,
    dateCreated: date,
    reporterName: reporter.name,
    reporterAddress: reporter.address,
    reporterTelephoneNumber: reporter.telephone,
    softwareVendorName: settings.softwareVendor,
  };
}

/** Writes the file that tells the given changes. A change whose record breaks a rule is set aside with the first one. */
export async function* encodeTradelines(
  changes: AsyncIterable<Change>,
  context: EncodeContext<Metro2Settings>,
): AsyncGenerator<Uint8Array> {
  let sequence = 0;
  let aside = 0;
  async function* records(): AsyncGenerator<PartnerRecord> {
    for await (const change of changes) {
      sequence = change.sequence;
      yield recordOf(change, context);
    }
  }
  const formatContext = { file: context.fileName, date: context.date };
  yield* tradelineFormat(context.settings).encode(records(), formatContext, (fault) => {
    if (fault.severity === 'file') throw new Error(`${fault.field ?? 'The file'}: ${fault.message}`);
    if (aside === sequence) return;
    aside = sequence;
    context.setAside(sequence, fault);
  });
}

/** Name of a file: no blanks and nothing special in it, and never the same twice. */
export function fileNameOf(settings: Metro2Settings, date: string, sequence: number): string {
  return `${settings.fileNamePrefix}${date.replaceAll('-', '')}${String(sequence).padStart(4, '0')}.m2`;
}
