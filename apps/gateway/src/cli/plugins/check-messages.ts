import type { CheckResult } from '@concord/plugin-sdk/testing';

/** What the process that a plugin is checked in tells, one JSON value a line, on descriptor 3. */
export type CheckMessage =
  | ({ readonly say: 'result' } & CheckResult)
  | { readonly say: 'fingerprint'; readonly fingerprint: string }
  /** The plugin or its samples can't be used; nothing was checked. */
  | { readonly say: 'unusable'; readonly reason: string }
  | { readonly say: 'done' };

/** What a child is started for: the whole kit, or only what everything that the plugin writes and finds amounts to. */
export type CheckTask = 'check' | 'fingerprint';
