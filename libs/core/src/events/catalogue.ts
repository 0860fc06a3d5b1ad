import { z } from 'zod';

const id = z.uuid();

/**
 * Every event of the case core, by wire name. The number at the end is the version: a version only grows by optional
 * fields; anything else is a new version beside it. Events carry ids and nothing about a person. What takes them in passes over
 * fields that it does not know: processes are not all renewed at the same moment.
 */
export const CASE_EVENTS = {
  'concord.debt.registered.v1': z
    .object({ debtId: id })
    .describe('A debt was taken in, with the case of its debtor where that was new.'),
  'concord.debt.itemised.v1': z
    .object({ debtId: id })
    .describe('A debt was broken down into what it consists of: principal, interest, fees.'),
  'concord.debt.changed.v1': z
    .object({ debtId: id })
    .describe('What is held about a debt itself changed: its type, its dates, or the judgment on it.'),
  'concord.party.changed.v1': z.object({ partyId: id }).describe('What is held about a party changed.'),
  'concord.ledger.posted.v1': z
    .object({ debtId: id, entryId: id })
    .describe('An entry was posted on the ledger of a debt: an assessment, a payment, a reversal, an adjustment.'),
  'concord.proof.recorded.v1': z
    .object({ proofId: id, debtId: id })
    .describe('A proof was stored that rules about a debt may ask for.'),
  'concord.proof.withdrawn.v1': z
    .object({ proofId: id, debtId: id })
    .describe('A proof that was recorded in error shows nothing any more.'),
  'concord.stop.placed.v1': z
    .object({ stopId: id })
    .describe('A stop was placed: from now on it blocks, restrains, closes or withdraws acts.'),
  'concord.stop.changed.v1': z
    .object({ stopId: id })
    .describe(
      'Details of a stop were changed or completed, such as the chapter of an insolvency or the day of its dismissal.',
    ),
  'concord.stop.lifted.v1': z.object({ stopId: id }).describe('A stop was lifted.'),
  'concord.referral.made.v1': z
    .object({ referralId: id, debtId: id, connectorId: z.string() })
    .describe('A debt was referred to a connector.'),
  'concord.referral.withdrawn.v1': z
    .object({ referralId: id, debtId: id, connectorId: z.string() })
    .describe('The referral of a debt to a connector was withdrawn.'),
  'concord.arrangement.agreed.v1': z
    .object({ arrangementId: id })
    .describe('A payment arrangement was agreed: while it is kept, the acts that it names are held back.'),
  'concord.arrangement.extended.v1': z
    .object({ arrangementId: id })
    .describe('A payment arrangement got a new schedule, and is in force with it.'),
  'concord.arrangement.ended.v1': z
    .object({ arrangementId: id })
    .describe('A payment arrangement was ended by agreement.'),
  'concord.arrangement.breached.v1': z
    .object({ arrangementId: id })
    .describe('A payment arrangement was not kept, and its grace is over.'),
  'concord.arrangement.completed.v1': z
    .object({ arrangementId: id })
    .describe('All that a payment arrangement asked for was paid, or nothing is owed any more.'),
} as const;

export type CaseEventType = keyof typeof CASE_EVENTS;
export type CaseEventData<T extends CaseEventType> = z.infer<(typeof CASE_EVENTS)[T]>;

export const CASE_EVENT_TYPES = Object.keys(CASE_EVENTS) as CaseEventType[];

/** A CloudEvents 1.0 envelope in structured JSON form. `subject` is the case, which is also the key of its order. */
export interface CaseEvent<T extends CaseEventType = CaseEventType> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly partitionkey: string;
  /** Version of the case that this event made. Extension attribute: events of one case come in its order. */
  readonly caseversion: number;
  /** Ties everything together that one request caused. Extension attribute. */
  readonly correlationid: string;
  readonly data: CaseEventData<T>;
}

/** What every event of a case carries, whatever it tells of. Attributes that are not named here are passed over. */
export const caseEventEnvelope = z.object({
  specversion: z.literal('1.0'),
  id,
  source: z.string(),
  type: z.enum(CASE_EVENT_TYPES),
  subject: id.describe('The case.'),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  partitionkey: id.describe('The case: its events are in order.'),
  caseversion: z.int().positive().describe('Version of the case that this event made.'),
  correlationid: z.string().describe('Ties everything together that one request caused.'),
  data: z.unknown(),
});

/**
 * Checks what came over a transport.
 *
 * @throws z.ZodError when it is not an event of the catalogue
 */
export function parseCaseEvent(value: unknown): CaseEvent {
  const parsed = caseEventEnvelope.parse(value);
  return { ...parsed, data: CASE_EVENTS[parsed.type].parse(parsed.data) };
}
