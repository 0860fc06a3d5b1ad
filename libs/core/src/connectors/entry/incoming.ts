import { z } from 'zod';

/** When a file in the partner's folder is finished, and what becomes of it there once it was dealt with. */
const take = z.strictObject({
  /**
   * `present`: once it has its name. `stable`: when two looks that are far enough apart find the same size and time.
   * `done-file`: when an empty file of its name and `doneSuffix` stands beside it.
   */
  when: z.enum(['present', 'stable', 'done-file']).default('present'),
  /** For `stable`: how far apart the two looks must at least be. */
  stableSeconds: z.int().min(1).max(86_400).default(30),
  doneSuffix: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,20}$/, 'must be up to 20 letters, digits, dots, underscores and hyphens')
    .default('.done'),
  afterwards: z.union([z.literal('delete'), z.strictObject({ moveTo: z.string().min(1) })]).default('delete'),
});

const sameName = z.enum(['correction', 'ask']);

/** How a connector takes what its partner leaves. All of it may be left out. */
export const incomingEntry = {
  take: take.optional(),
  /** What a file is that has the name of an earlier one and other bytes: for all kinds of files, or by kind. */
  sameName: z.union([sameName, z.record(z.string(), sameName)]).optional(),
  /** Whether the partner uses its names again and again, so that they say nothing: for all kinds of files, or for some. */
  namesRepeat: z.union([z.boolean(), z.array(z.string().min(1))]).optional(),
};

const entry = z.object(incomingEntry);
export type IncomingSettings = z.output<typeof entry>;
export type TakeSettings = z.output<typeof take>;

/** What stands in the file, and nothing else: settings that are left out must not look like changed ones. */
export function incomingSettings({ take: taken, sameName: same, namesRepeat }: IncomingSettings): IncomingSettings {
  return {
    ...(taken === undefined ? {} : { take: taken }),
    ...(same === undefined ? {} : { sameName: same }),
    ...(namesRepeat === undefined ? {} : { namesRepeat }),
  };
}

export function takeOf(settings: IncomingSettings): TakeSettings {
  return settings.take ?? take.parse({});
}

/** What a name says of a file of one kind when an earlier one had it: nothing, that it corrects that one, or a person is asked. */
export function sameNameOf(settings: IncomingSettings, kind: string): 'nothing' | 'correction' | 'ask' {
  const { sameName: same = 'ask', namesRepeat = false } = settings;
  if (namesRepeat === true || (Array.isArray(namesRepeat) && namesRepeat.includes(kind))) return 'nothing';
  return typeof same === 'string' ? same : (same[kind] ?? 'ask');
}
