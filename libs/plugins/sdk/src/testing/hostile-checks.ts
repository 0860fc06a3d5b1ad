import type { DecodedRecord, FileFormat, FileFormatContext, PartnerRecord } from '../contract/files.js';
import type { OutboundFile } from '../contract/plugin.js';
import type { Change, DesiredPosition } from '../contract/position.js';
import type { DebtSnapshot } from '../contract/snapshot.js';
import { inPieces, joined, collected } from './byte-streams.js';
import type { CheckList } from './check-list.js';
import { checkFaults } from './fault-checks.js';
import { HOSTILE_TEXTS, hostileRecords, withBalance, withText } from './hostile-text.js';
import { withinTime } from './limits.js';
import { decodeRecords, encodeChanges, faultsIn } from './run-plugin.js';
import type { OutboundSample } from './samples.js';
import { ALLOWED, desireOf } from './stop-checks.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';

const LARGEST_BALANCE_MINOR = 999_999_999_999;

/** The checks that nothing in a case or in a script's records can break a file, or write a record that nobody meant. */
export function addHostileInputChecks(
  subject: Subject,
  outbound: OutboundFile<unknown>,
  sample: OutboundSample,
  list: CheckList,
): void {
  const { samples, identifiers, definition } = subject;
  const { position } = definition;

  list.add('hostile', 'writes hostile records as one record each, or not at all', async () => {
    const settings = await subject.settings(sample);
    const { bytes, fileName } = await encodeChanges(outbound, settings, samples, sample.changes);
    const format = outbound.format(settings);
    const context = { file: fileName, date: samples.date };
    // Header and trailer are the format's own: it skips those that it is given.
    const frame = await writtenAndRead(format, context, []);
    const decoded = await decodeRecords(outbound, settings, samples, fileName, bytes);
    const byType = new Map<string, PartnerRecord>();
    for (const read of decoded) {
      // Together, records of a type show the fields that one of them leaves blank.
      if (read.fault === undefined) byType.set(read.type, { ...byType.get(read.type), ...read.record });
    }
    for (const [type, record] of byType) {
      if (frame.records.some((own) => own.fault === undefined && own.type === type)) continue;
      const hostile = [...hostileRecords(record)];
      const { records, refused } = await withinTime('hostile records', writtenAndRead(format, context, hostile));
      const [wanted, found] = [hostile.length - refused, records.length - frame.records.length];
      ensure(found === wanted, `${wanted} records of type ${type} were written, and ${found} are in the file`);
    }
  });

  if (position === undefined) return;
  list.add('hostile', 'writes whatever a case holds, or sets it aside', async () => {
    for (const { debt, settings: of } of samples.debts) {
      const settings = await subject.settings({ settings: of });
      const desire = desireOf(position, settings, samples.date);
      for (const hostile of hostileDebts(debt)) {
        const changes = desire(hostile, ALLOWED)
          .filter(({ state }) => outbound.carries === undefined || outbound.carries.states.includes(state))
          .map((wanted, index) => changeOf(wanted, index + 1));
        const written = await encodeChanges(outbound, settings, samples, changes);
        const faults = written.setAside.map(({ fault }) => fault);
        checkFaults(faults, written.fileName, identifiers, 'a hostile case');
        const read = await decodeRecords(outbound, settings, samples, written.fileName, written.bytes);
        const [fault] = faultsIn(read);
        ensure(fault === undefined, `What was written can't be read: ${JSON.stringify(fault)}`);
      }
    }
  });
}

function* hostileDebts(debt: DebtSnapshot): Generator<DebtSnapshot> {
  for (const text of HOSTILE_TEXTS) yield withText(debt, text);
  for (const balance of [0, 1, LARGEST_BALANCE_MINOR]) yield withBalance(debt, balance);
  yield { ...debt, parties: [] };
  const [first] = debt.parties;
  if (first === undefined) return;
  yield { ...debt, parties: [{ ...first, address: null, telephone: null, identifiers: {}, firstName: null }] };
  yield { ...debt, parties: Array.from({ length: 60 }, (_, at) => ({ ...first, id: `many-${at}`, number: `9${at}` })) };
}

function changeOf({ key, state, reference, amountMinor, content }: DesiredPosition, sequence: number): Change {
  return { sequence, key, state, reference, amountMinor, content, previous: null, entry: null };
}

/** Writes records, reads the file back, and says how many of the records were refused. */
async function writtenAndRead(
  format: FileFormat,
  context: FileFormatContext,
  input: readonly PartnerRecord[],
): Promise<{ readonly records: readonly DecodedRecord[]; readonly refused: number }> {
  const refused = new Set<number>();
  const bytes = await joined(format.encode(input, context, (_fault, number) => void refused.add(number)));
  const records = await collected(format.decode(inPieces(bytes, 4_096), context));
  const [fault] = faultsIn(records);
  ensure(fault === undefined, `What was written can't be read: ${JSON.stringify(fault)}`);
  return { records, refused: refused.size };
}
