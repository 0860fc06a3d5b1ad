import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { residentBytes } from './memory-use.js';

// Starts the compiled host and child: build libs/core first.
const hostModule = new URL('../../dist/plugin-host/pool.js', import.meta.url).href;
const bad = fileURLToPath(new URL('./fixtures/misbehaving.mjs', import.meta.url));
const program = `
  import { PluginHost } from ${JSON.stringify(hostModule)};
  import { readdirSync, readFileSync } from 'node:fs';
  const host = new PluginHost({ maxProcesses: 1, deadlineMs: 60_000, memoryLimitMb: 256, log: { warn() {} } });
  await host.describe(${JSON.stringify(bad)});
  const item = { debt: { debt: { number: '1' } }, decision: { outcome: 'allow', reasons: [] } };
  host.desire(${JSON.stringify(bad)}, { does: 'spins for ever' }, '2026-03-01', [item]).catch(() => undefined);
  const parentOf = (pid) => { try { return /^PPid:\\s+(\\d+)/m.exec(readFileSync('/proc/' + pid + '/status', 'utf8'))[1]; } catch { return ''; } };
  const child = readdirSync('/proc').find((pid) => /^\\d+$/.test(pid) && parentOf(pid) === String(process.pid));
  setTimeout(() => console.log(child), 300);
`;

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('a plugin that never returns ends with its host, even when the host is killed', async () => {
  const host = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  const child = Number(line.toString());
  expect(await residentBytes(child)).toBeGreaterThan(0);
  host.kill('SIGKILL');
  await once(host, 'exit');
  let left: number | null = 1;
  for (let i = 0; i < 40 && left !== null; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = await residentBytes(child);
  }
  expect(left).toBeNull();
});
