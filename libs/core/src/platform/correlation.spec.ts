import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { correlationIdOf, currentCorrelation, withCorrelation, withCorrelations } from './correlation.js';
import { openLog } from './log.js';

function captured() {
  const lines: Record<string, unknown>[] = [];
  const log = openLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

test('every line names what caused it, also after something was waited for, and in what was begun elsewhere', async () => {
  const { lines, log } = captured();
  const child = log.child({ part: 'test' });
  await Promise.all(
    ['one', 'two'].map((id) =>
      withCorrelation(id, async () => {
        await delay(1);
        log.info({ of: id }, 'a');
        child.info({ of: id }, 'b');
      }),
    ),
  );
  log.info('outside');
  expect(lines).toHaveLength(5);
  expect(lines.slice(0, 4).every(({ of, correlationId }) => of === correlationId)).toBe(true);
  expect(lines[4]).not.toHaveProperty('correlationId');
});

test('a batch names all its causes, but not without end', () => {
  expect(withCorrelations(['a', 'a'], currentCorrelation)).toEqual({ correlationId: 'a' });
  expect(withCorrelations(['a', 'b', 'a'], currentCorrelation)).toEqual({ correlationIds: ['a', 'b'] });
  const many = Array.from({ length: 1000 }, (_, index) => `id-${index}`);
  expect(withCorrelations(many, currentCorrelation).correlationIds).toHaveLength(20);
  expect(withCorrelations([], currentCorrelation)).toEqual({});
});

test("a caller's id is taken only where it is harmless", () => {
  expect(correlationIdOf('case-7:retry')).toBe('case-7:retry');
  for (const bad of ['', 'a\nb', 'x'.repeat(101), ['a'], undefined]) {
    expect(correlationIdOf(bad)).toMatch(/^[0-9a-f-]{36}$/);
  }
});
