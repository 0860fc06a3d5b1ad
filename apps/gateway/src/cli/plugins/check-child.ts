import { createWriteStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { checkPlugin, pluginFingerprint } from '@concord/plugin-sdk/testing';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import type { Plugin } from '@concord/plugin-sdk';
import type { CheckMessage, CheckTask } from './check-messages.js';
import { pluginModule, samplesModule, withoutSamples } from './find-samples.js';

/*
 * The process that one plugin is checked in: no other imports plugins. What the plugin prints goes elsewhere; results go to
 * descriptor 3. Its parent's end closes standard input, which a thread of its own sees even while the plugin hangs.
 */
const endWithParent = `
  const { Socket } = require('node:net');
  const end = () => process.kill(process.pid, 'SIGKILL');
  new Socket({ fd: 0, readable: true, writable: false }).on('close', end).on('error', end).resume();
`;
new Worker(endWithParent, { eval: true }).unref();

const results = createWriteStream('', { fd: 3 });
const [source = '', task = 'check'] = process.argv.slice(2) as [string?, CheckTask?];

await work();
results.end(() => process.exit(0));

function tell(message: CheckMessage): void {
  results.write(`${JSON.stringify(message)}\n`);
}

async function work(): Promise<void> {
  const plugin = await imported<Plugin>(pluginModule(source), (error) => `It can't be loaded: ${String(error)}`);
  const samples = await imported<PluginSamples>(samplesModule(source), (error) => withoutSamples(source, error));
  if (plugin === null || samples === null) return;
  if (!(samples.fixtures instanceof URL) || !Array.isArray(samples.badSettings) || !Array.isArray(samples.debts)) {
    tell({ say: 'unusable', reason: 'What its samples module exports by default are no samples.' });
    return;
  }
  if (task === 'check') for await (const result of checkPlugin(plugin, samples)) tell({ say: 'result', ...result });
  try {
    tell({ say: 'fingerprint', fingerprint: await pluginFingerprint(plugin, samples) });
  } catch (error) {
    // With the kit, the check that failed on this has said why.
    if (task === 'fingerprint') tell({ say: 'unusable', reason: String(error) });
  }
  tell({ say: 'done' });
}

async function imported<T>(module: string, reason: (error: unknown) => string): Promise<T | null> {
  try {
    const { default: value } = (await import(module)) as { readonly default?: T };
    if (typeof value === 'object' && value !== null) return value;
    tell({ say: 'unusable', reason: reason(new Error('it has no default export')) });
  } catch (error) {
    tell({ say: 'unusable', reason: reason(error) });
  }
  return null;
}
