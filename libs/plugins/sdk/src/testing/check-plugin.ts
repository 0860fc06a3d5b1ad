import type { Plugin } from '../contract/plugin.js';
import { ensureReason } from './check-list.js';
import { conformanceChecks } from './conformance.js';
import { fingerprintOf } from './everything.js';
import type { PluginSamples } from './samples.js';
import { Subject } from './subject.js';

/** What became of one check. */
export interface CheckResult {
  /** What of the plugin it is about, e.g. `outbound placements`; empty for the plugin as a whole. */
  readonly part: string;
  readonly check: string;
  readonly result: 'passed' | 'failed' | 'left-out';
  /** Why it failed or was left out; null when it passed. */
  readonly reason: string | null;
}

/** Runs the kit without any test framework, one check after the other, telling each result when it is known. */
export async function* checkPlugin(plugin: Plugin, samples: PluginSamples): AsyncGenerator<CheckResult> {
  for (const { part, name, leftOut, run } of conformanceChecks(plugin, samples)) {
    const about = { part, check: name };
    try {
      if (leftOut === null) await run();
      else ensureReason(leftOut);
      yield { ...about, result: leftOut === null ? 'passed' : 'left-out', reason: leftOut };
    } catch (error) {
      yield { ...about, result: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

/**
 * One number for everything that the plugin does with its samples. Equal numbers from two processes, in two time zones and
 * languages, are what makes a file the same wherever it is written.
 */
export function pluginFingerprint(plugin: Plugin, samples: PluginSamples): Promise<string> {
  return fingerprintOf(new Subject(plugin, samples));
}
