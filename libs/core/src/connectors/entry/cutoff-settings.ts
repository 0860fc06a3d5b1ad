import { z } from 'zod';

/** How long a cutoff waits for what partners said to reach the cases, where its connector does not say. */
const WAIT_FOR_FINDINGS_MINUTES = 15;

/** The part of a connector's entry that says what happens at its cutoffs. */
export const cutoffEntry = {
  /** How long a cutoff waits for what partners said to be applied to the cases, before it goes without those cases. */
  waitForFindingsMinutes: z.int('must be whole minutes').min(0).max(60, 'must be at most 60').optional(),
  /**
   * What goes out at a cutoff with nothing to say: nothing, a file of each kind without records, or one of the kinds that
   * are listed.
   */
  emptyFile: z
    .union([
      z.enum(['skip', 'send']),
      z
        .array(z.string().min(1))
        .min(1, 'must name a kind of file')
        .refine((kinds) => new Set(kinds).size === kinds.length, 'names a kind twice'),
    ])
    .optional(),
};

/** What is kept of it with a version of the connector's settings. */
export interface CutoffSettings {
  readonly waitForFindingsMinutes?: number | undefined;
  readonly emptyFile?: 'skip' | 'send' | readonly string[] | undefined;
}

/** In milliseconds. */
export function waitForFindingsMs({ waitForFindingsMinutes = WAIT_FOR_FINDINGS_MINUTES }: CutoffSettings): number {
  return waitForFindingsMinutes * 60_000;
}

/** Whether a file of a kind goes out although it has nothing to say. */
export function sendsEmpty({ emptyFile = 'skip' }: CutoffSettings, kind: string): boolean {
  return emptyFile === 'send' || (emptyFile !== 'skip' && emptyFile.includes(kind));
}

/**
 * Why the files that are to go out empty can't, or null when they can.
 *
 * @param outbound the kinds of files that the connector sends
 * @param emptyKinds those of which its plugin can write one without records, under the connector's settings
 */
export function emptyFileFault(
  settings: CutoffSettings,
  outbound: readonly { readonly kind: string }[],
  emptyKinds: readonly string[],
): string | null {
  const { emptyFile = 'skip' } = settings;
  if (emptyFile === 'skip') return null;
  const kinds = outbound.map(({ kind }) => kind);
  const unknown = emptyFile === 'send' ? undefined : emptyFile.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined) {
    return `emptyFile: the plugin sends no files of kind ${unknown}; it sends ${kinds.join(', ')}`;
  }
  const unable = kinds.find((kind) => sendsEmpty(settings, kind) && !emptyKinds.includes(kind));
  return unable === undefined
    ? null
    : `emptyFile: under these settings the plugin can't write a file of kind ${unable} without records`;
}
