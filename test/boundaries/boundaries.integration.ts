import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

const repository = join(import.meta.dirname, '../..');
const seeded = join(import.meta.dirname, 'violations');
const { forbidden = [], options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;
const rules = forbidden.map((rule: IForbiddenRuleType) => String(rule.name));

/** What breaks a rule below `baseDir`, as `rule: from -> to` with paths relative to it. */
async function violations(baseDir: string): Promise<{ rule: string; from: string; to: string }[]> {
  const roots = ['libs', 'apps', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(baseDir, folder)));
  const { output } = await cruise(roots, { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error(`expected a result, got ${output}`);
  // A cruise that found no source would find no violation either.
  expect(output.modules.some((module) => module.source.endsWith('.ts'))).toBe(true);
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

test('the repository keeps its boundaries', async () => {
  expect(await violations(repository)).toEqual([]);
});

test('every rule has a seeded violation, and every seeded violation a rule', () => {
  expect(readdirSync(seeded).sort()).toEqual([...rules].sort());
});

test.each(rules)('%s: fires on its seeded violation, alone', async (rule) => {
  const found = await violations(join(seeded, rule));
  expect(new Set(found.map((violation) => violation.rule))).toEqual(new Set([rule]));
});

/** Trees that also hold what is allowed, or break their rule in several ways: exactly these files are at fault. */
test.each([
  ['domain-without-frameworks', ['libs/core/src/positions/domain/position.ts', 'libs/core/src/rules/domain/judge.ts']],
  ['domain-without-effects', ['libs/core/src/rules/domain/lookup.ts', 'libs/core/src/rules/domain/register.ts']],
  [
    'plugin-sees-the-sdk-alone',
    [
      'libs/plugins/setoff/src/index.spec.ts',
      'libs/plugins/setoff/src/index.ts',
      'libs/plugins/setoff/src/index.ts',
      'libs/plugins/setoff/src/index.ts',
    ],
  ],
  ['plugin-effects-through-the-context', ['libs/plugins/setoff/src/index.ts']],
  ['production-without-tests', ['libs/core/src/demo/seed.ts', 'libs/core/src/demo/seed.ts']],
  ['kafkajs-behind-its-port', ['libs/core/src/events/relay.ts']],
  ['sftp-behind-its-port', ['libs/core/src/exchanges/deliver.ts']],
])('%s: spares what it allows', async (rule, atFault) => {
  const found = await violations(join(seeded, rule));
  expect(found.map((violation) => violation.from).sort()).toEqual(atFault);
});
