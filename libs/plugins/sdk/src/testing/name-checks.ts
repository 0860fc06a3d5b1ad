import type { CheckList } from './check-list.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';

const LONGEST_NAME = 200;
const SEQUENCES = [1, 2, 999, 12_345] as const;
/** Names that many servers take as those of a file that is still being sent. */
const UNFINISHED = /\.(?:tmp|part|filepart)$/i;

/** The checks of the names of files: what we send is told apart from everything, and never taken for an answer. */
export function addNameChecks(subject: Subject, list: CheckList): void {
  const { definition, samples } = subject;
  const { outbound, inbound } = definition;

  list.add('always', 'gives each kind of file one plain name', () => {
    const kinds = [...outbound, ...inbound].map(({ kind }) => kind);
    ensure(new Set(kinds).size === kinds.length, `Two kinds of file have one name: ${kinds.join(', ')}`);
    for (const { kind, title } of [...outbound, ...inbound]) {
      ensure(/^[a-z][a-z0-9-]*$/.test(kind), `${kind}: a kind has small letters, digits and hyphens`);
      ensure(title.trim() !== '', `${kind} has no title`);
    }
  });

  if (outbound.length > 0) {
    list.add('always', 'names files apart, without blanks', async () => {
      const names = namesOf(subject, await subject.settings());
      ensure(new Set(names).size === names.length, `Names repeat: ${names.join(', ')}`);
      for (const name of names) {
        ensure(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(name), `${name} is no plain file name`);
        ensure(name.length <= LONGEST_NAME, `${name} is longer than ${LONGEST_NAME} characters`);
        ensure(!UNFINISHED.test(name), `${name} looks like a file that is still being sent`);
      }
    });
  }

  if (inbound.length > 0) {
    list.add('always', "never takes its own files for the partner's", async () => {
      const settings = await subject.settings();
      const names = namesOf(subject, settings);
      for (const { kind, match, available } of inbound) {
        if (!available(settings)) continue;
        const pattern = match(settings);
        ensure(pattern.trim() !== '', `Files of kind ${kind} match no name`);
        const own = names.find((name) => matches(pattern, name));
        ensure(own === undefined, `${own}, which we send, matches ${pattern} of ${kind}`);
      }
    });

    list.add('always', 'knows of which kind a file is by its name', async () => {
      for (const [kind, files] of Object.entries(samples.inbound)) {
        for (const sample of files) {
          const settings = await subject.settings(sample);
          const fitting = inbound.filter(
            (file) => file.available(settings) && matches(file.match(settings), sample.file),
          );
          const kinds = fitting.map((file) => file.kind);
          ensure(!kinds.includes(kind) || kinds.length === 1, `${sample.file} may be of kind ${kinds.join(' or ')}`);
        }
      }
    });
  }
}

function namesOf({ definition, samples }: Subject, settings: unknown): readonly string[] {
  return definition.outbound.flatMap(({ name }) =>
    SEQUENCES.map((fileSequence) => name({ settings, date: samples.date, fileSequence })),
  );
}

/** As the hub matches names: `*` stands for any run of characters. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
