import { z } from 'zod';

/**
 * A part of a partner's file was read and holds something for the case core. `subject` is the incoming exchange; parts of
 * one connector's files come in their order. It names places, and nothing that stands there.
 */
export const FINDINGS_REPORTED = 'concord.findings.reported.v1';

export const findingsEvent = z
  .object({
    specversion: z.literal('1.0'),
    id: z.uuid(),
    source: z.string(),
    type: z.literal(FINDINGS_REPORTED),
    subject: z.uuid().describe('The incoming exchange.'),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    partitionkey: z.string().describe('The connector: its events are in order.'),
    correlationid: z.string().describe('Ties everything together that one request caused.'),
    data: z.object({
      connectorId: z.string(),
      exchangeId: z.uuid(),
      first: z.int().positive().describe('First place in the file, from 1.'),
      last: z.int().positive().describe('Last place in the file.'),
    }),
  })
  .describe("A part of a partner's file was read and holds something for the case core.");

export type FindingsEvent = Readonly<z.output<typeof findingsEvent>>;

/** @throws z.ZodError when it is not an event about findings */
export function parseFindingsEvent(value: unknown): FindingsEvent {
  return findingsEvent.parse(value);
}
