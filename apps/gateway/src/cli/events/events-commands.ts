import type { Command } from 'commander';
import { pino } from 'pino';
import type { DeadLetter, DeadLetters } from '@concord/core/events/kafka/dead-letters';
import { Refusal } from '@concord/core/platform/errors';
import { readKafkaSettings } from '@concord/core/platform/kafka-environment';
import { note, print } from '../terminal.js';
import { deadLetterTable, viewOf } from './dead-letter-table.js';

const NONE = 'No event waits for a person.';

/** Registers `events dead-letters`, `events replay` and `events dismiss`. */
export function addEventsCommands(events: Command): void {
  events
    .command('dead-letters')
    .description('events that could not be handled and wait for a person')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const waiting = await onDeadLetters((letters) => letters.list());
      if (json) return print(JSON.stringify(waiting.map(viewOf), null, 2));
      return print(waiting.length === 0 ? NONE : deadLetterTable(waiting));
    });

  events
    .command('replay')
    .description('have events handled again, once the reason that they failed for is mended')
    .argument('[ids...]', 'as `events dead-letters` shows them')
    .option('--all', 'every event that waits')
    .action(async (ids: string[], { all = false }: { all?: boolean }) => {
      const chosen = chosenBy(ids, all);
      const replayed = await onDeadLetters((letters) => letters.replay(chosen));
      note(
        replayed.length === 0
          ? NONE
          : `${counted(replayed)} handed on again. What fails again comes back under a new id.`,
      );
    });

  events
    .command('dismiss')
    .description('put events away for good, without their being handled')
    .argument('<ids...>', 'as `events dead-letters` shows them')
    .action(async (ids: string[]) => {
      const dismissed = await onDeadLetters((letters) => letters.dismiss(ids));
      note(`${counted(dismissed)} put away for good.`);
    });
}

/** Everything is only replayed when that was said: a command that was cut short must not do more than was meant. */
function chosenBy(ids: readonly string[], all: boolean): readonly string[] | 'all' {
  if (all && ids.length > 0)
    throw new Refusal('events-chosen-twice', 'name events by their ids or say --all, not both');
  if (!all && ids.length === 0) throw new Refusal('events-not-chosen', 'name events by their ids, or say --all');
  return all ? 'all' : ids;
}

async function onDeadLetters<T>(work: (letters: DeadLetters) => Promise<T>): Promise<T> {
  const settings = readKafkaSettings();
  if (settings === null) {
    throw new Refusal(
      'kafka-not-used',
      'KAFKA_BROKERS is not set: without Kafka an event that fails stays in the outbox and is tried again by itself',
    );
  }
  const { withDeadLetters } = await import('@concord/core/events/kafka/open-dead-letters');
  return withDeadLetters(settings, pino({ level: 'silent' }), work);
}

function counted(letters: readonly DeadLetter[]): string {
  return letters.length === 1 ? '1 event is' : `${letters.length} events are`;
}
