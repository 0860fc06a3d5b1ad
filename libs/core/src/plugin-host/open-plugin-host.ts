import { PluginHost } from './pool.js';
import type { PluginLog } from './printed-output.js';

const DEADLINE_MS = 60_000;
const MEMORY_MB = 512;

/** A host with the limits that every plugin works under. */
export function openPluginHost(log: PluginLog): PluginHost {
  return new PluginHost({
    maxProcesses: 2,
    deadlineMs: DEADLINE_MS,
    memoryLimitMb: MEMORY_MB,
    log,
  });
}
