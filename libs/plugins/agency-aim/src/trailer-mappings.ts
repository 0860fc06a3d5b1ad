import { z } from 'zod';
import { fieldKey, recordLayoutSchema } from '@concord/plugin-sdk/codec';
import { TRAILED_KINDS, type TrailedKind } from './layout/files.js';

/** The trailer of one kind of file. */
export const trailerSchema = z
  .strictObject({
    /** The last record of a file, with the totals that it states. Places are of the records of that kind of file. */
    record: recordLayoutSchema,
    /** Key of the field with the date of the file: written into ours, and as of which an agency tells balances. */
    date: z
      .string()
      .regex(/^[a-z][A-Za-z0-9]*$/, 'a field key')
      .optional(),
  })
  .superRefine(({ record, date }, context) => {
    if (date === undefined) return;
    const field = record.fields.find((candidate) => fieldKey(candidate) === date);
    if (field?.type !== 'date') {
      context.addIssue({ code: 'custom', path: ['date'], message: `there is no date field ${date}` });
    } else if (field.required !== true) {
      context.addIssue({ code: 'custom', path: ['date'], message: `${date} must be required` });
    }
  });

export type TrailerMapping = z.infer<typeof trailerSchema>;

const shape = Object.fromEntries(TRAILED_KINDS.map((kind) => [kind, trailerSchema.optional()])) as Readonly<
  Record<TrailedKind, z.ZodOptional<typeof trailerSchema>>
>;

/**
 * The trailers of all files but the placement file, as far as the agency's document gives them. A kind that is left out
 * is read and written without one.
 */
export const trailerMappingsSchema = z.strictObject({
  /** The layouts come from no agency: nothing but this machine may be talked to with them. */
  madeUp: z.boolean(),
  ...shape,
});

export type TrailerMappings = z.infer<typeof trailerMappingsSchema>;
