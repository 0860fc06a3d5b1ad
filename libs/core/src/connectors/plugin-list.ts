import { z } from 'zod';
import { isAbsolute, resolve } from 'node:path';
import { readSettingsFile } from '@concord/plugin-sdk';
import { Refusal } from '../platform/errors.js';
import type { PluginDescription } from '../plugin-host/jobs.js';
import type { PluginHost } from '../plugin-host/pool.js';

/** A plugin that is loaded, and where its code comes from. */
export interface LoadedPlugin {
  /** Package name, or absolute path of a module. */
  readonly source: string;
  readonly description: PluginDescription;
}

const file = z.strictObject({ plugins: z.array(z.string().min(1)).min(1) });

/** A plugin of the list that can't describe itself: its connectors stand still, and everything else goes on. */
export interface UnusablePlugin {
  /** As the list names it. */
  readonly named: string;
  readonly reason: string;
}

export interface PluginList {
  readonly loaded: readonly LoadedPlugin[];
  readonly unusable: readonly UnusablePlugin[];
}

/**
 * Asks every plugin of the list to describe itself, in a child process.
 *
 * @param listFile the one file that names plugins: packages, or paths relative to the file
 * @throws Refusal when the list can't be read, or a plugin was written for another contract or has another's id
 */
export async function surveyPlugins(host: PluginHost, listFile: string): Promise<PluginList> {
  const parsed = file.safeParse(await readSettingsFile(listFile));
  if (!parsed.success) throw new Refusal('plugin-list', `${listFile}: ${parsed.error.issues[0]?.message}`);
  const loaded: LoadedPlugin[] = [];
  const unusable: UnusablePlugin[] = [];
  for (const named of parsed.data.plugins) {
    const source = named.startsWith('.') || isAbsolute(named) ? resolve(listFile, '..', named) : named;
    let description: PluginDescription;
    try {
      description = await host.describe(source);
    } catch (error) {
      unusable.push({ named, reason: (error as Error).message });
      continue;
    }
    if (!description.contractOk) {
      throw new Refusal(
        'plugin-contract',
        `plugin ${named} requires contract ${description.requires}, which this is not`,
      );
    }
    if (loaded.some((other) => other.description.id === description.id)) {
      throw new Refusal('plugin-id', `two plugins have the id ${description.id}`);
    }
    loaded.push({ source, description });
  }
  return { loaded, unusable };
}

/** @throws Refusal also when one of them can't be loaded */
export async function loadPlugins(host: PluginHost, listFile: string): Promise<readonly LoadedPlugin[]> {
  const { loaded, unusable } = await surveyPlugins(host, listFile);
  const [first] = unusable;
  if (first) throw new Refusal('plugin-unusable', `plugin ${first.named} can't be loaded: ${first.reason}`);
  return loaded;
}
