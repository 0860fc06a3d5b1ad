import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Processes } from '../support/processes.js';

const COMMAND = join(import.meta.dirname, '../../apps/gateway/dist/cli/main.js');
const processes = new Processes();
afterAll(() => processes.endAll());

test.each([[['dead-letters']], [['replay', '--all']], [['dismiss', 'case-events-0-1']]])(
  'events %p without Kafka is refused in one line',
  async (parameters) => {
    const { PATH, HOME } = process.env;
    const started = processes.start(process.execPath, [COMMAND, 'events', ...parameters], { PATH, HOME });
    expect(await started.ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^KAFKA_BROKERS is not set: [^\n]+\n$/) as unknown,
    });
  },
);
