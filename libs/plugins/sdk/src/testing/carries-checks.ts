import type { Carries, OutboundFile } from '../contract/plugin.js';
import type { Change, PositionState } from '../contract/position.js';
import type { CheckList } from './check-list.js';
import { encodeChanges } from './run-plugin.js';
import { outboundSamples, type OutboundSample } from './samples.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';

const EVERY_STATE: readonly PositionState[] = ['active', 'restrained', 'closed', 'absent'];
/** The id of no entry in any sample. */
const OTHER_ENTRY = 'ffffffff-ffff-4fff-bfff-fffffffffff1';

/**
 * The checks of what goes into which kind of file: all kinds are sent at the same cutoff, so that what two of them carry
 * would be told twice, and what none carries never.
 */
export function addCarriesChecks(subject: Subject, all: CheckList): void {
  const { position, outbound } = subject.definition;
  if (position === undefined || outbound.length === 0) return;
  const delta = position.update === 'delta';
  const carriesOf = (file: OutboundFile<unknown>): Carries => file.carries ?? { states: EVERY_STATE, entries: delta };

  all.add('always', 'tells each state in one kind of file', () => {
    for (const state of [...position.states, 'absent'] as const) {
      const kinds = outbound.filter((file) => carriesOf(file).states.includes(state)).map(({ kind }) => kind);
      ensure(kinds.length === 1, `${state} is told in ${kinds.length === 0 ? 'no file' : kinds.join(' and ')}`);
    }
  });

  all.add('always', 'tells ledger entries in one kind of file, or in none', () => {
    const kinds = outbound.filter((file) => carriesOf(file).entries).map(({ kind }) => kind);
    ensure(kinds.length === (delta ? 1 : 0), `Updates of kind ${position.update}: entries in ${kinds.length} kinds`);
  });

  for (const file of outbound) {
    for (const sample of outboundSamples(subject.samples, file.kind)) {
      addSampleChecks(subject, file, carriesOf(file), sample, all.of(`outbound ${file.kind}`, sample.skip));
    }
  }
}

function addSampleChecks(
  subject: Subject,
  file: OutboundFile<unknown>,
  carries: Carries,
  sample: OutboundSample,
  list: CheckList,
): void {
  const { changes, setAside = [] } = sample;
  list.add('always', 'puts in its sample what files of this kind carry', () => {
    for (const { entry, state, sequence } of changes) {
      const carried = entry === null ? carries.states.includes(state) : carries.entries;
      ensure(carried, `Files of kind ${file.kind} do not carry change ${sequence}`);
    }
  });
  if (!carries.entries) return;
  list.add('always', 'tells each ledger entry as one of its own', async () => {
    const known = (change: Change): boolean => change.entry !== null && !setAside.includes(change.sequence);
    const told = changes.find(known);
    ensure(told !== undefined, `The sample of ${file.kind} has no ledger entry`);
    const other = changes.map((change) =>
      change === told && change.entry !== null ? { ...change, entry: { ...change.entry, id: OTHER_ENTRY } } : change,
    );
    const settings = await subject.settings(sample);
    const [one, two] = [
      await encodeChanges(file, settings, subject.samples, changes),
      await encodeChanges(file, settings, subject.samples, other),
    ];
    ensure(!one.bytes.equals(two.bytes), 'Nothing in the file says which entry it is');
  });
}
