import { isAbsolute } from 'node:path';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '@concord/plugin-sdk';
import { JobInput } from './child-input.js';
import { ChildJobs, ItemError, settingsPath } from './child-jobs.js';
import { giveUpSignals, watchOverProcess } from './child-watch.js';
import { FrameReader, FrameWriter, parseFrame } from './frames.js';
import type { JobError, JobRequest } from './jobs.js';

/*
 * The process that a plugin lives in. It is given one plugin and its memory limit as arguments, takes jobs on descriptor 3, and
 * answers on descriptor 4; what the plugin prints goes elsewhere and harms nothing.
 */

const specifier = process.argv[2] ?? '';
watchOverProcess(Number(process.argv[3]));
giveUpSignals();

const reader = new FrameReader(new Socket({ fd: 3, readable: true, writable: false }));
const writer = new FrameWriter(new Socket({ fd: 4, readable: false, writable: true }));
let plugin: Plugin | undefined;
let parsed: { readonly text: string; readonly settings: unknown } | undefined;

for (;;) {
  const frame = await reader.next();
  if (frame === null) process.exit(0);
  // Everything that is written from here on belongs to this job.
  writer.job = frame.job;
  await runJob(parseFrame(frame) as JobRequest);
}

async function runJob(request: JobRequest): Promise<void> {
  const input = new JobInput(reader);
  try {
    plugin ??= await load();
    const result = await new ChildJobs(plugin, settingsOf, input, writer).run(request);
    await writer.writeJson('end', result ?? null);
  } catch (error) {
    await writer.writeJson('error', describeError(error));
  }
  await input.skipRest();
}

async function load(): Promise<Plugin> {
  const module = (await import(isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier)) as {
    default?: unknown;
  };
  const candidate = module.default as Partial<Plugin> | undefined;
  if (
    typeof candidate?.id !== 'string' ||
    candidate.settings === undefined ||
    !Array.isArray(candidate.outbound) ||
    !Array.isArray(candidate.inbound)
  ) {
    throw new Error('its default export is not a plugin');
  }
  return candidate as Plugin;
}

/** Parsed once for as long as they stay the same, so that a plugin may keep what it compiled for a settings object. */
async function settingsOf(text: string): Promise<unknown> {
  if (parsed?.text === text) return parsed.settings;
  const result = await plugin!.settings.safeParseAsync(JSON.parse(text));
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${settingsPath(path)}: ${message}`);
    throw new Error(`its settings are refused: ${faults.join('; ')}`);
  }
  parsed = { text, settings: result.data };
  return parsed.settings;
}

function describeError(error: unknown): JobError {
  const message = error instanceof Error ? error.message : String(error);
  return { message: message.slice(0, 2_000), item: error instanceof ItemError ? error.item : null };
}
