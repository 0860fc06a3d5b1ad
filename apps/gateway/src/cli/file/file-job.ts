import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readSettingsFile } from '@concord/plugin-sdk';
import { loadPlugins } from '@concord/core/connectors/plugin-list';
import type { LoadedPlugin } from '@concord/core/connectors/plugin-list';
import { readEnvironment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import type { FormatRequest } from '@concord/core/plugin-host/jobs';
import { openPluginHost } from '@concord/core/plugin-host/open-plugin-host';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { ROOT } from '../root.js';
import { note } from '../terminal.js';

export interface FileOptions {
  readonly plugin: string;
  readonly kind?: string;
  readonly settings?: string;
}

/** One file of one of a plugin's formats, under settings. */
export interface FileJob {
  readonly host: PluginHost;
  readonly plugin: LoadedPlugin;
  readonly settings: unknown;
  readonly request: FormatRequest;
}

/** A host whose plugins say what they print to the person at the terminal. */
export function terminalHost(): PluginHost {
  return openPluginHost({ warn: (_fields: object, message: string) => note(message) });
}

/** Every plugin of the configured list, in processes of `host`. */
export function configuredPlugins(host: PluginHost): Promise<readonly LoadedPlugin[]> {
  return loadPlugins(host, join(readEnvironment(ROOT).configFolder, 'plugins.yaml'));
}

/**
 * Finds the plugin, the kind of file and the settings that a command means; settings default to the plugin's example.
 *
 * @throws Refusal naming what does not exist or is wrong
 */
export async function fileJob(host: PluginHost, options: FileOptions, file: string, date: string): Promise<FileJob> {
  const plugins = await configuredPlugins(host);
  const plugin = plugins.find(({ description }) => description.id === options.plugin);
  if (!plugin) {
    const known = plugins.map(({ description }) => description.id).join(', ');
    throw new Refusal('plugin-unknown', `no plugin is called ${options.plugin}; there are: ${known}`);
  }
  const settings = options.settings ? await readSettings(options.settings) : plugin.description.example;
  const check = await host.checkSettings(plugin.source, settings);
  if (!check.ok) {
    const [fault] = check.faults;
    throw new Refusal('settings', `settings${fault?.path ? `.${fault.path}` : ''}: ${fault?.message}`);
  }
  return { host, plugin, settings, request: { ...kindOf(plugin, options.kind), file, date } };
}

async function readSettings(path: string): Promise<unknown> {
  try {
    return await readSettingsFile(resolve(path));
  } catch (error) {
    throw new Refusal('settings', (error as Error).message);
  }
}

function kindOf({ description }: LoadedPlugin, wanted: string | undefined): Pick<FormatRequest, 'direction' | 'kind'> {
  const kinds = [
    ...description.outboundKinds.map(({ kind }) => ({ direction: 'outbound' as const, kind })),
    ...description.inboundKinds.map(({ kind }) => ({ direction: 'inbound' as const, kind })),
  ];
  const found = wanted === undefined ? kinds[0] : kinds.find(({ kind }) => kind === wanted);
  if (!found) {
    const known = kinds.map(({ kind }) => kind).join(', ');
    throw new Refusal('kind-unknown', `plugin ${description.id} has no files of kind ${wanted}; there are: ${known}`);
  }
  return found;
}

/** The bytes of a file, `-` being standard input, and the name that faults call it by. */
export async function openInput(path: string): Promise<{ bytes: AsyncIterable<Uint8Array>; name: string }> {
  if (path === '-') return { bytes: process.stdin, name: 'standard input' };
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Refusal('file-unreadable', `${path} is not a file that can be read`);
  return { bytes: createReadStream(path, { highWaterMark: 256 * 1024 }), name: basename(path) };
}
