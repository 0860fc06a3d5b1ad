import type { CheckResult } from '@concord/plugin-sdk/testing';

/** One plugin as it was checked. The shape is a contract for scripts. */
export interface CheckedPlugin {
  readonly id: string;
  /** Every check with its result; none when the plugin or its samples can't be used. */
  readonly checks: readonly CheckResult[];
  /** Why nothing, or not everything, could be checked; null when everything was. */
  readonly unusable: string | null;
}

/** Whether everything was checked and nothing failed. */
export function isSound({ checks, unusable }: CheckedPlugin): boolean {
  return unusable === null && checks.every(({ result }) => result !== 'failed');
}
