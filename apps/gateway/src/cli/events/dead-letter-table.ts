import type { DeadLetter } from '@concord/core/events/kafka/dead-letters';
import { table } from '../render/table.js';

const LONGEST_REASON = 80;

/** A dead letter as scripts see it, without the event itself, which may be anything. The shape is a contract. */
export type DeadLetterView = Omit<DeadLetter, 'body'>;

export function viewOf({ id, at, stream, partition, offset, key, reason }: DeadLetter): DeadLetterView {
  return { id, at, stream, partition, offset, key, reason };
}

/** Dead letters as people read them, the oldest first. */
export function deadLetterTable(letters: readonly DeadLetter[]): string {
  return table<DeadLetter>(
    [
      { title: 'Id', value: ({ id }) => id },
      { title: 'When (UTC)', value: ({ at }) => at.slice(0, 19).replace('T', ' ') },
      { title: 'Stream', value: ({ stream }) => stream },
      { title: 'Key', value: ({ key }) => key },
      { title: 'Reason', value: ({ reason }) => shortened(reason) },
    ],
    letters,
  );
}

function shortened(reason: string): string {
  const line = reason.replace(/\s+/g, ' ');
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 1)}…`;
}
