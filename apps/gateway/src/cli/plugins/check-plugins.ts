import { Refusal } from '@concord/core/platform/errors';
import type { CheckResult } from '@concord/plugin-sdk/testing';
import { configuredPlugins, terminalHost } from '../file/file-job.js';
import { note, print } from '../terminal.js';
import { checkInProcess, ELSEWHERE, HERE } from './check-process.js';
import { isSound } from './checked-plugin.js';
import type { CheckedPlugin } from './checked-plugin.js';
import { checkedText } from './checked-text.js';

const SOUND = 0;
const FAILED = 1;
const SAME_ELSEWHERE = 'does the same in another process, another time zone and another language';

/**
 * Runs the conformance kit against the plugins of the configured list, each in child processes and with its own samples.
 *
 * @param id the one plugin to check; null for all
 * @returns the exit code: 1 when any check fails, or a plugin can't be checked
 * @throws Refusal when there is no such plugin
 */
export async function checkPlugins(id: string | null, json: boolean): Promise<number> {
  const checked: CheckedPlugin[] = [];
  for (const plugin of await pluginsToCheck(id)) {
    note(`Checking ${plugin.id}`);
    const result = await check(plugin.id, plugin.source);
    checked.push(result);
    if (!json) print(checkedText(result));
  }
  if (json) print(JSON.stringify(checked, null, 2));
  return checked.every(isSound) ? SOUND : FAILED;
}

async function pluginsToCheck(id: string | null): Promise<readonly { readonly id: string; readonly source: string }[]> {
  const host = terminalHost();
  try {
    const all = (await configuredPlugins(host)).map(({ source, description }) => ({ id: description.id, source }));
    const chosen = all.filter((plugin) => id === null || plugin.id === id);
    if (chosen.length > 0) return chosen;
    const known = all.map((plugin) => plugin.id).join(', ');
    throw new Refusal('plugin-unknown', `no plugin is called ${id}; there are: ${known}`);
  } finally {
    host.close();
  }
}

async function check(id: string, source: string): Promise<CheckedPlugin> {
  const checks: CheckResult[] = [];
  let unusable: string | null = null;
  let here: string | null = null;
  for await (const message of checkInProcess(source, 'check', HERE)) {
    if (message.say === 'result') {
      const { part, check: name, result, reason } = message;
      checks.push({ part, check: name, result, reason });
    }
    if (message.say === 'fingerprint') here = message.fingerprint;
    if (message.say === 'unusable') unusable = message.reason;
  }
  if (here !== null) checks.push(await checkElsewhere(source, here));
  return { id, checks, unusable };
}

async function checkElsewhere(source: string, here: string): Promise<CheckResult> {
  let elsewhere: string | null = null;
  let reason = 'What it writes or finds there is something else.';
  for await (const message of checkInProcess(source, 'fingerprint', ELSEWHERE)) {
    if (message.say === 'fingerprint') elsewhere = message.fingerprint;
    if (message.say === 'unusable') ({ reason } = message);
  }
  const about = { part: '', check: SAME_ELSEWHERE };
  if (elsewhere === here) return { ...about, result: 'passed', reason: null };
  return { ...about, result: 'failed', reason };
}
