import { z } from 'zod';
import { CASE_EVENTS, CASE_EVENT_TYPES, caseEventEnvelope } from '../catalogue.js';
import { FINDINGS_REPORTED, findingsEvent } from '../findings-event.js';

/** A JSON Schema (draft 7) as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The whole of each event, envelope and data, by wire name. */
export type EventSchemas = Readonly<Record<string, JsonSchema>>;

/** The events of the case core, as a publisher of them must write them. */
export function caseEventSchemas(): EventSchemas {
  return Object.fromEntries(
    CASE_EVENT_TYPES.map((type) => {
      const data = CASE_EVENTS[type];
      const event = caseEventEnvelope.extend({ type: z.literal(type), data });
      return [type, jsonSchema(event.describe(data.description ?? ''))];
    }),
  );
}

/** The events of the connectors' side. */
export function findingsSchemas(): EventSchemas {
  return { [FINDINGS_REPORTED]: jsonSchema(findingsEvent) };
}

/** Every event that travels, by wire name. */
export function allEventSchemas(): EventSchemas {
  return { ...caseEventSchemas(), ...findingsSchemas() };
}

/** In the dialect that AsyncAPI understands, and without naming it in every place. */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
}
