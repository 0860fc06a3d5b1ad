import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { addMappingCommands } from './mapping-commands.js';

const REPOSITORY = new URL('../../../../../', import.meta.url).pathname;
/** Built before the tests are run (`npm test`, `npm run build`). */
const COMMAND = join(REPOSITORY, 'apps/gateway/dist/cli/main.js');
const METRO2 = join(REPOSITORY, 'libs/plugins/metro2/mappings/rejects.example.yaml');

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [COMMAND, 'mapping', 'check', ...parameters], {
    encoding: 'utf8',
    timeout: 50_000,
  });
}

test('the command line ends with 0, 1 or 2, and prints data on standard output only', () => {
  const sound = run(METRO2, '--json');
  expect([sound.status, sound.stderr]).toEqual([0, '']);
  expect(JSON.parse(sound.stdout)).toMatchObject({ layouts: [{ key: 'layout', form: 'fixed-width' }], faults: [] });
  const faulty = run(METRO2, '--sample', METRO2);
  expect([faulty.status, faulty.stdout]).toEqual([1, expect.stringContaining('FAULT')]);
  const unreadable = run(join(REPOSITORY, 'nowhere.yaml'));
  expect([unreadable.status, unreadable.stdout]).toEqual([2, '']);
  expect(unreadable.stderr).toMatch(/^.*is not a file that can be read\n$/);
});

test.each(['0', 'x', '-1', '99999', '1.5'])('--records %s is refused', async (number) => {
  const program = new Command('mapping').exitOverride().configureOutput({ writeErr: () => undefined });
  addMappingCommands(program, () => undefined);
  program.commands.forEach((command) => command.exitOverride().configureOutput({ writeErr: () => undefined }));
  const parsed = program.parseAsync(['check', METRO2, '--records', number], { from: 'user' });
  await expect(parsed).rejects.toMatchObject({ code: 'commander.invalidArgument' });
});
