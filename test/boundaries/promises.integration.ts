import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { INBOUND_TRANSITIONS, OUTBOUND_TRANSITIONS } from '@concord/core/exchanges/domain/exchange-state';

const REPOSITORY = join(import.meta.dirname, '../..');
const PAGE = join(REPOSITORY, 'docs/promises.md');
const page = readFileSync(PAGE, 'utf8');

/** A table of transitions as the page has it. */
function table(transitions: Readonly<Record<string, readonly string[]>>): string {
  const quoted = (states: readonly string[]): string => states.map((state) => `\`${state}\``).join(', ');
  const rows = Object.entries(transitions).map(
    ([from, to]) => `| \`${from}\` | ${to.length === 0 ? 'nothing: it is final' : quoted(to)} |`,
  );
  return ['| State | May become |', '|---|---|', ...rows].join('\n');
}

const between = (direction: string): RegExp =>
  new RegExp(`(<!-- states: ${direction} -->\n)([\\s\\S]*?)(<!-- end -->)`);

describe('docs/promises.md', () => {
  test.each([
    ['out', OUTBOUND_TRANSITIONS],
    ['in', INBOUND_TRANSITIONS],
  ] as const)('has the transitions of files that go %s as the code has them', (direction, transitions) => {
    const written = `\n${table(transitions)}\n\n`;
    if (process.env['WRITE_GOLDEN'] === '1') {
      const now = readFileSync(PAGE, 'utf8');
      writeFileSync(
        PAGE,
        now.replace(between(direction), (_, start: string, __, end: string) => start + written + end),
      );
      return;
    }
    expect(between(direction).exec(page)?.[2]).toBe(written);
  });

  test('names only tests that exist, and one at least for each promise', () => {
    const promises = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
    expect(promises.map((line) => Number(line.split('|')[1]))).toEqual(promises.map((_, index) => index + 1));
    for (const line of promises) {
      const named = [...line.matchAll(/`((?:test|libs|apps)\/[^`]+\.ts)`/g)].map(([, path]) => path!);
      expect([line, named.length > 0]).toEqual([line, true]);
      for (const path of named) expect([path, existsSync(join(REPOSITORY, path))]).toEqual([path, true]);
    }
  });

  test('names every suite of faults', () => {
    const suites = readdirSync(join(REPOSITORY, 'test/faults')).filter((name) => name.endsWith('.faults.ts'));
    expect(suites.filter((name) => !page.includes(`test/faults/${name}`))).toEqual([]);
  });
});
