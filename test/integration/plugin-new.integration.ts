import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { asScript, documentedSteps } from '../support/documented-steps.js';
import { Processes } from '../support/processes.js';
import type { Ended } from '../support/processes.js';
import { RepositoryCopy } from '../support/repository-copy.js';

jest.setTimeout(600_000);

const copy = new RepositoryCopy();
const processes = new Processes();
const data = copy.beside('data');
const temporary = copy.beside('temporary');
const page = join(copy.root, 'docs/writing-a-plugin.md');
const MADE = ['libs/plugins/river-agency', 'test/partners/river-agency', 'docs/partners/river-agency.md'];

/** Runs a program of the copy as a person at its top would. */
function run(program: string, parameters: readonly string[]): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const environment = {
    PATH: `${join(copy.root, 'node_modules/.bin')}:${PATH}`,
    HOME,
    TMPDIR: temporary,
    CONCORD_DATA: data,
    INIT_CWD: copy.root,
  };
  return processes.start('/bin/sh', ['-c', 'cd "$0" && exec "$@"', copy.root, program, ...parameters], environment)
    .ended;
}

const make = (...parameters: string[]): Promise<Ended> => run('node', ['scripts/plugin-new/main.ts', ...parameters]);

/** Every file of the copy that a refused attempt might have touched, with its size and content. */
function state(): string {
  const listed = ['libs/plugins', 'test/partners', 'docs/partners', 'node_modules/@concord'].flatMap((folder) =>
    readdirSync(join(copy.root, folder)).map((name) => `${folder}/${name}`),
  );
  const edited = ['tsconfig.json', 'config/plugins.yaml', 'package-lock.json', 'node_modules/.package-lock.json'];
  return JSON.stringify([listed, ...edited.map((path) => readFileSync(join(copy.root, path), 'utf8'))]);
}

afterAll(async () => {
  await processes.endAll();
  copy.remove();
});

describe('plugin:new', () => {
  test.each([
    [['River'], 'is no id'],
    [['river--agency'], 'is no id'],
    [['../river'], 'is no id'],
    [['sdk'], 'is the name of something else'],
    [['metro2'], 'metro2 is taken: libs/plugins/metro2 is there'],
    [['river', '--title', '`rm`'], 'is no title'],
    [['river', '--family', 'A B'], 'is no family'],
    [['river', 'agency'], 'usage:'],
    [['river', '--colour', 'blue'], 'usage:'],
    [[], 'usage:'],
    [['river', '--outside', 'libs'], 'is not empty'],
  ])('refuses %j in one line and changes nothing', async (parameters, reason) => {
    const before = state();
    const { code, stdout, stderr } = await make(...parameters);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(reason)]);
    expect(state()).toBe(before);
  });

  test('that fails half way leaves nothing behind', async () => {
    const before = state();
    // The last thing to be written can't be.
    const hindered = join(copy.root, 'package-lock.json');
    const whole = readFileSync(hindered);
    spawnSync('rm', [hindered]);
    spawnSync('mkdir', [hindered]);
    const { code } = await make('river-agency');
    spawnSync('rmdir', [hindered]);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(hindered, whole);
    expect(code).not.toBe(0);
    expect(state()).toBe(before);
  });
});

describe('the steps of docs/writing-a-plugin.md', () => {
  let ended: Ended;

  beforeAll(async () => {
    const steps = documentedSteps(page);
    expect(steps.map((step) => step.do)).toEqual(['run', 'run', 'write', 'run', 'start', 'run', 'write', 'run']);
    ended = await run('bash', ['-c', asScript(steps)]);
  });

  test('can be followed to the end', () => {
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  });

  test('make a plugin that passes the conformance kit', () => {
    expect(ended.stdout).toMatch(/^river-agency: [1-9]\d+ passed, 0 failed, 0 left out$/m);
  });

  test('end with a day in which the simulated partner takes one record in', () => {
    expect(ended.stdout).toMatch(/us-il-riverton-river │ +1 │ +1 │ +0 │/);
    const books = join(temporary, 'river/books/us-il-riverton.json');
    expect(JSON.parse(readFileSync(books, 'utf8'))).toEqual({
      accounts: { '000000000001': { amount: 12_345, surname: 'Okonkwo', state: 'held' } },
    });
    expect(readdirSync(join(temporary, 'river/received/us-il-riverton'))).toEqual(['000001']);
  });

  test('change nothing in the copy but what they say', () => {
    for (const path of MADE) expect(existsSync(join(copy.root, path))).toBe(true);
    expect(statSync(join(copy.root, 'node_modules/@concord/plugin-river-agency/src/index.ts')).isFile()).toBe(true);
    expect(readFileSync(join(copy.root, 'config/plugins.yaml'), 'utf8')).toMatch(
      /^# .*\nplugins:\n(?: {2}- '@concord\/plugin-[\w-]+'\n)+$/,
    );
  });

  test('leave code that the formatter, the linter and the compiler have nothing to say about', async () => {
    const paths = [...MADE, 'tsconfig.json', 'config/plugins.yaml'];
    const format = await run('prettier', ['--check', ...paths]);
    expect(format).toMatchObject({ code: 0 });
    const lint = await run('eslint', ['--max-warnings', '0', ...MADE.slice(0, 2)]);
    expect({ code: lint.code, stdout: lint.stdout }).toEqual({ code: 0, stdout: '' });
    const types = await run('tsc', ['-p', 'tsconfig.tools.json']);
    expect(types.stdout.split('\n').filter((line) => line.includes('river-agency'))).toEqual([]);
    expect(await run('tsc', ['-p', 'test/partners/river-agency'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('leave the boundaries as they are', async () => {
    const parameters = ['--config', '.dependency-cruiser.cjs', ...MADE.slice(0, 2)];
    const { code, stdout } = await run('depcruise', parameters);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('no dependency violations found') });
  });

  test('leave a conformance test that passes', async () => {
    const jestBin = 'node_modules/jest/bin/jest.js';
    const parameters = ['--experimental-vm-modules', '--no-warnings', jestBin, 'libs/plugins/river-agency'];
    const { code, stderr } = await run('node', [...parameters, '--selectProjects', 'unit']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('1 passed') });
  });

  test('can not be followed twice', async () => {
    const { code, stderr } = await make('river-agency');
    expect(code).toBe(2);
    expect(stderr).toBe('river-agency is taken: libs/plugins/river-agency is there\n');
  });
});
