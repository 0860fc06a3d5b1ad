import { z } from 'zod';

/**
 * A part of a partner's file was read and holds something for the case core. `subject` is the incoming exchange; parts of
 * one connector's files come in their order. It names places, and nothing that stands there.
 */
export const FINDINGS_REPORTED = 'concord.findings.reported.v1';

const findingsEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.literal(FINDINGS_REPORTED),
  subject: z.uuid(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  partitionkey: z.string(),
  correlationid: z.string(),
  data: z.strictObject({
    connectorId: z.string(),
    exchangeId: z.uuid(),
    /** First and last place in the file, from 1. */
    first: z.int().positive(),
    last: z.int().positive(),
  }),
});

export type FindingsEvent = Readonly<z.output<typeof findingsEvent>>;

/** @throws z.ZodError when it is not an event about findings */
export function parseFindingsEvent(value: unknown): FindingsEvent {
  return findingsEvent.parse(value);
}
