import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import specifications from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import type { z } from 'zod';
import { CASE_EVENT_TYPES } from '../catalogue.js';
import { FINDINGS_REPORTED } from '../findings-event.js';
import type { DeadLetter } from '../kafka/dead-letters.js';
import { asyncApiDocument } from './asyncapi.js';
import { breaksBetween } from './compatibility.js';
import { deadLetterMessage } from './dead-letter.js';
import { allEventSchemas } from './event-schemas.js';
import type { EventSchemas, JsonSchema } from './event-schemas.js';

const REPOSITORY = join(import.meta.dirname, '../../../../..');
const RELEASED = join(REPOSITORY, 'docs/events/released');
const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
const written: unknown = parse(readFileSync(join(REPOSITORY, 'docs/events/asyncapi.yaml'), 'utf8'));

// Compiles only while the document says what is written.
const sameLetter: z.ZodType<DeadLetter> = deadLetterMessage;

describe('docs/events/asyncapi.yaml', () => {
  it('is what the catalogue says; `npm run asyncapi` writes it', () => {
    expect(written).toEqual(asyncApiDocument(version));
  });

  it('is a valid AsyncAPI 3.0 document', () => {
    // The schema brings JSON Schema's own with it.
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, meta: false });
    const valid = ajv.compile(specifications.schemas['3.0.0']);
    expect([valid(written), valid.errors]).toEqual([true, null]);
    expect(valid({ ...(written as object), channels: { x: { adress: 'typing error' } } })).toBe(false);
  });

  it('leads to something by every reference', () => {
    for (const reference of referencesIn(written)) {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], written);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  it('describes every event, on the channel that carries it', () => {
    const { channels } = written as { channels: Record<string, { messages: object }> };
    expect(Object.keys(channels['caseEvents']!.messages)).toEqual(CASE_EVENT_TYPES);
    expect(Object.keys(channels['findings']!.messages)).toEqual([FINDINGS_REPORTED]);
    for (const [type, schema] of Object.entries(allEventSchemas())) {
      expect([type, schema['description']]).toEqual([type, expect.stringMatching(/^[A-Z].{10,}\.$/)]);
    }
    expect(sameLetter.description).toBeDefined();
  });
});

describe('the schemas of the events', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const id = '5a0f7c6e-6a0f-4d6e-9b1a-0f0e0d0c0b0a';
  const event = {
    specversion: '1.0',
    id,
    source: '/concord/cases/us-tx-example',
    type: 'concord.debt.registered.v1',
    subject: id,
    time: '2026-03-16T15:00:00.000Z',
    datacontenttype: 'application/json',
    partitionkey: id,
    caseversion: 1,
    correlationid: 'c',
    data: { debtId: id },
  };
  const valid = ajv.compile(allEventSchemas()['concord.debt.registered.v1']!);

  it('take what is sent', () => {
    expect([valid(event), valid.errors]).toEqual([true, null]);
  });

  it.each<[string, object]>([
    ['of another type', { type: 'concord.debt.itemised.v1' }],
    ['without its data', { data: {} }],
    ['with a version of none', { caseversion: 0 }],
  ])('refuse an event %s', (_, changes) => {
    expect(valid({ ...event, ...changes })).toBe(false);
  });
});

describe('events of a release', () => {
  const releases = readdirSync(RELEASED).sort();

  it('are kept for this one to be compared with', () => {
    expect(releases).toContain('0.1.0.json');
  });

  it.each(releases)('of %s are still what they were, or have grown', (file) => {
    const { events } = JSON.parse(readFileSync(join(RELEASED, file), 'utf8')) as { events: EventSchemas };
    expect(Object.keys(events).length).toBeGreaterThan(0);
    expect(breaksBetween(events, allEventSchemas())).toEqual([]);
  });

  it('would be broken by a field less in the catalogue', () => {
    const now = allEventSchemas();
    const schema = now['concord.stop.placed.v1']!;
    const properties = schema['properties'] as Record<string, JsonSchema>;
    const data = { ...properties['data'], properties: {}, required: [] };
    const broken = { ...now, 'concord.stop.placed.v1': { ...schema, properties: { ...properties, data } } };
    expect(breaksBetween(now, broken)).toEqual([
      { at: 'concord.stop.placed.v1/data/stopId', kind: 'removed-property' },
    ]);
  });
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}
