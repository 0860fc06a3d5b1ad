import { readEnvironment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Without a broker between them, gateway and connectors can only be one process: `npm start`, or the gateway's own. */
function refuse(): never {
  readEnvironment(ROOT);
  throw new Refusal(
    'needs-kafka',
    'the connectors as a process of their own need Kafka, which this version does not speak',
  );
}

try {
  refuse();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
