import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Processes } from '../support/processes.js';
import type { Ended } from '../support/processes.js';

jest.setTimeout(600_000);

const REPOSITORY = join(import.meta.dirname, '../..');
const COMMAND = join(REPOSITORY, 'apps/gateway/dist/cli/main.js');
/** The template's own simulated partner speaks what a new plugin speaks, whatever that is called. */
const PARTNER = join(REPOSITORY, 'scripts/plugin-new/template/partner/main.ts');
/** What the SDK needs, and what that needs: packed from what is installed, because there is no network. */
const PACKED = ['zod', 'yaml', 'csv-parse', 'iconv-lite', 'safer-buffer'];
const OFFICE = 'us-il-hillside';

const folder = mkdtempSync(join(tmpdir(), 'concord-outside-'));
/** Others may pass through, because the database server runs as another user than root. */
chmodSync(folder, 0o711);
const plugin = join(folder, 'hill-agency');
const office = join(folder, 'office');
const state = join(folder, 'hill');
const processes = new Processes();
let partner: ChildProcess | null = null;

function run(
  cwd: string,
  program: string,
  parameters: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const environment = { PATH, HOME, npm_config_offline: 'true', npm_config_update_notifier: 'false', ...more };
  return processes.start('/bin/sh', ['-c', 'cd "$0" && exec "$@"', cwd, program, ...parameters], environment).ended;
}

async function sound(cwd: string, program: string, parameters: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(cwd, program, parameters);
  if (code !== 0) throw new Error(`${program} ${parameters.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

/** Packs a package as its publisher would, and returns the file. */
async function pack(source: string): Promise<string> {
  const parameters = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(await sound(source, 'npm', parameters)) as [{ filename: string }];
  return join(folder, filename);
}

let secrets: NodeJS.ProcessEnv = {};
const concord = (...parameters: string[]): Promise<Ended> =>
  run(REPOSITORY, process.execPath, [COMMAND, ...parameters], {
    CONCORD_DATA: join(folder, 'data'),
    CONCORD_CONFIG: join(office, 'config'),
    ...secrets,
  });

beforeAll(async () => {
  await sound(REPOSITORY, process.execPath, ['scripts/plugin-new/main.ts', 'hill-agency', '--outside', plugin]);
  // The publisher has the SDK and the compiler installed; here they are the repository's.
  mkdirSync(join(plugin, 'node_modules/@concord'), { recursive: true });
  mkdirSync(join(plugin, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(REPOSITORY, 'libs/plugins/sdk'), join(plugin, 'node_modules/@concord/plugin-sdk'));
  for (const name of ['zod', '@types/node']) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(plugin, 'node_modules', name));
  }
  await sound(plugin, process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']);
  const files = [
    await pack(plugin),
    await pack(join(REPOSITORY, 'libs/plugins/sdk')),
    ...(await Promise.all(PACKED.map((name) => pack(join(REPOSITORY, 'node_modules', name))))),
  ];
  mkdirSync(join(office, 'config/jurisdictions'), { recursive: true });
  writeFileSync(join(office, 'package.json'), '{ "private": true }\n');
  await sound(office, 'npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...files]);
});
afterAll(async () => {
  partner?.kill('SIGKILL');
  await processes.endAll();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

describe('a plugin in an npm package of its own', () => {
  test('passes its own tests, which need nothing of the repository', async () => {
    const { code, stdout } = await run(plugin, process.execPath, ['--test', 'dist/conformance.test.js']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('fail 0') });
  });

  test('is named by its path, listed, and checked where it is installed', async () => {
    writeFileSync(
      join(office, 'config/plugins.yaml'),
      "plugins:\n  - '../node_modules/concord-plugin-hill-agency/dist/index.js'\n",
    );
    const listed = await concord('plugins', 'list', '--json');
    expect(listed.stderr).toBe('');
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: 'hill-agency', title: 'Hill agency', acts: ['place'] }]);
    const checked = await concord('plugins', 'check', '--json');
    expect(checked.code).toBe(0);
    const [{ id, unusable, checks }] = JSON.parse(checked.stdout) as [
      { id: string; unusable: string | null; checks: { result: string }[] },
    ];
    expect({ id, unusable }).toEqual({ id: 'hill-agency', unusable: null });
    expect(checks.length).toBeGreaterThan(50);
    expect(checks.filter(({ result }) => result !== 'passed')).toEqual([]);
  });

  /** A config folder that names one plugin, which is the installed one but for what `code` makes of it. */
  function otherwise(name: string, code: string, samples: boolean): { config: string; module: string } {
    const config = join(folder, name);
    const installed = '../office/node_modules/concord-plugin-hill-agency/dist';
    mkdirSync(config);
    writeFileSync(join(config, 'plugins.yaml'), "plugins: ['./index.mjs']\n");
    writeFileSync(join(config, 'index.mjs'), `import plugin from '${installed}/index.js';\n${code}\n`);
    if (samples) writeFileSync(join(config, 'samples.mjs'), `export { default } from '${installed}/samples.js';\n`);
    return { config, module: join(config, 'index.mjs') };
  }
  const checkIn = (config: string, ...parameters: string[]): Promise<Ended> =>
    run(REPOSITORY, process.execPath, [COMMAND, 'plugins', 'check', ...parameters], {
      CONCORD_CONFIG: config,
      CONCORD_DATA: join(folder, 'data'),
    });

  test('can not be checked without samples', async () => {
    const { config, module } = otherwise('without-samples', 'export default plugin;', false);
    const { code, stdout } = await checkIn(config);
    expect(code).toBe(1);
    expect(stdout).toBe(
      `hill-agency can't be checked: It has no samples to be checked with: a module beside ${module} must export them by default.\n`,
    );
  });

  test('fails the check when it remembers where it was loaded', async () => {
    const remembering = `
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      export default { ...plugin, cautions: () => [{ code: 'here', message: timeZone, loopbackOnly: true }] };`;
    const { code, stdout } = await checkIn(otherwise('remembering', remembering, true).config, '--json');
    expect(code).toBe(1);
    const [{ checks }] = JSON.parse(stdout) as [{ checks: { check: string; result: string }[] }];
    expect(checks.filter(({ result }) => result !== 'passed').map(({ check }) => check)).toEqual([
      'does the same in another process, another time zone and another language',
    ]);
  });

  test('that ends the process is told to have done so, and ends nothing else', async () => {
    const ending = 'export default { ...plugin, cautions: () => process.exit(3) };';
    const { code, stdout } = await checkIn(otherwise('ending', ending, true).config);
    expect(code).toBe(1);
    expect(stdout).toContain("hill-agency can't be checked: Its process ended early (exit code 3).");
  });

  test('takes part in the next day of the office that names it', async () => {
    mkdirSync(state);
    writeFileSync(join(state, 'accounts.json'), JSON.stringify({ [OFFICE]: { password: 'swordfish' } }));
    const ready = await partnerReady();
    secrets = {
      CONCORD_SECRET_HILL_HOST: '127.0.0.1',
      CONCORD_SECRET_HILL_PORT: String(ready.port),
      CONCORD_SECRET_HILL_HOST_KEY: ready.hostKey,
      CONCORD_SECRET_HILL_PASSWORD: 'swordfish',
    };
    writeFileSync(join(office, `config/jurisdictions/${OFFICE}.yaml`), JSON.stringify(officeFile()));
    const debts = join(folder, 'debts.csv');
    writeFileSync(debts, DEBTS);
    expect(await concord('import', debts, '--jurisdiction', OFFICE)).toMatchObject({ code: 0 });
    const day = await concord('day', '--jurisdiction', OFFICE, '--json');
    expect(day).toMatchObject({ code: 0 });
    expect(JSON.parse(day.stdout)).toMatchObject({
      jurisdictions: [{ connectors: [{ id: `${OFFICE}-hill`, sent: 1, accepted: 1, refused: 0 }] }],
    });
    const books = JSON.parse(readFileSync(join(state, `books/${OFFICE}.json`), 'utf8')) as { accounts: object };
    expect(Object.values(books.accounts)).toEqual([{ amount: 12_345, surname: 'Okonkwo', state: 'held' }]);
  });
});

const DEBTS =
  'source_reference,type,incurred_on,delinquent_on,itemised_on,currency,amount,debtor_reference,debtor_kind,surname\n' +
  'W-1001,water,2025-01-02,2025-02-01,2025-02-01,USD,123.45,P-77,person,Okonkwo\n';

function officeFile(): object {
  const secret = (name: string): object => ({ secret: `hill-${name}` });
  return {
    id: OFFICE,
    title: 'Village of Hillside, Illinois',
    country: 'US',
    currency: 'USD',
    timeZone: 'America/Chicago',
    holidays: { country: 'US', region: 'IL' },
    closures: [],
    weekend: [6, 7],
    strategies: [
      {
        id: 'place-water',
        act: 'place',
        connectors: [`${OFFICE}-hill`],
        debtTypes: ['water'],
        minAgeDays: 90,
        minBalanceMinor: 5000,
      },
    ],
    connectors: [
      {
        id: `${OFFICE}-hill`,
        plugin: 'hill-agency',
        title: 'Hill agency',
        mode: 'on',
        settings: { officeCode: 'HILLSIDE', fileNamePrefix: 'HILLSIDE' },
        channel: {
          kind: 'sftp',
          host: secret('host'),
          allowedAddresses: ['127.0.0.1'],
          port: secret('port'),
          hostKeys: [secret('host-key')],
          username: OFFICE,
          password: secret('password'),
          sendTo: '/inbox',
          collectFrom: '/outbox',
        },
        schedule: { every: 'business-day', at: '18:00' },
      },
    ],
  };
}

/** Starts the simulated partner; it ends when its standard input does, so that stays open. */
async function partnerReady(): Promise<{ port: number; hostKey: string }> {
  partner = spawn(process.execPath, [PARTNER, '--state', state, '--name', 'hill'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [line] = (await once(createInterface({ input: partner.stdout! }), 'line')) as [string];
  return JSON.parse(line) as { port: number; hostKey: string };
}
