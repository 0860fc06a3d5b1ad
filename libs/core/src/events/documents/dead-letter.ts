import { z } from 'zod';

/** What stands in the topic of dead letters, as whoever looks into it finds it. */
export const deadLetterMessage = z
  .object({
    id: z.string().describe('Stream, partition and offset of the event: the key of the message.'),
    stream: z.enum(['case-events', 'findings']).describe('Where the event came from.'),
    partition: z.int().nonnegative(),
    offset: z.string(),
    at: z.iso.datetime(),
    reason: z.string().describe('Why it could not be handled: rules and places, no values.'),
    key: z.string().nullable().describe('Key of the event.'),
    body: z.string().describe('The event as it was received, in Base64, because it may be anything.'),
  })
  .describe('An event that could not be handled, where it stood, and why. It waits for a person.');
