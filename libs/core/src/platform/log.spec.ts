import { expect, test } from '@jest/globals';
import { openLog } from './log.js';

test('the log of a request says what was asked for, and not about whom', () => {
  const lines: string[] = [];
  const log = openLog('debug', { write: (line: string) => lines.push(line) });
  const url = '/api/v1/parties?name=Castillo&limit=5';
  log.debug({ req: { method: 'GET', url, query: { name: 'Castillo' }, body: { surname: 'Castillo' } } }, 'request');
  log.info({ surname: 'Castillo', party: { surname: 'Castillo', id: 'id-1' } }, 'party');
  expect(lines.join('')).not.toContain('Castillo');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { req: { method: 'GET', url: '/api/v1/parties' } },
    { party: { id: 'id-1' } },
  ]);
});
