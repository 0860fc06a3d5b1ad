import { z } from 'zod';

/** What an office agrees on with the partner. Unknown keys are refused: a misspelled setting is no setting. */
export const settingsSchema = z.strictObject({
  /** The office as the partner knows it. */
  officeCode: z.string().regex(/^[A-Z0-9]{1,10}$/, 'must be up to 10 capitals and digits'),
  /** What the names of our files begin with. */
  fileNamePrefix: z.string().regex(/^[A-Z0-9]{1,20}$/, 'must be up to 20 capitals and digits'),
  /** Which of the partner's files are answers, `*` for any run of characters. */
  answers: z.string().min(1).default('*.ans'),
});

export type PartnerSettings = z.output<typeof settingsSchema>;
