import { describe, expect, it } from '@jest/globals';
import { breaksBetween } from './compatibility.js';
import type { JsonSchema } from './event-schemas.js';

const TYPE = 'concord.thing.happened.v1';
const event = (changes: JsonSchema = {}, properties: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    kind: { type: 'string', enum: ['a', 'b'] },
    note: { type: 'string' },
    list: { type: 'array', items: { type: 'integer', minimum: 0 } },
    data: { type: 'object', properties: { debtId: { type: 'string' } }, required: ['debtId'] },
    ...properties,
  },
  required: ['id', 'kind'],
  ...changes,
});
const without = (name: string): JsonSchema => {
  const { [name]: _, ...properties } = event()['properties'] as JsonSchema;
  return { ...event(), properties };
};
const breaks = (current: JsonSchema) =>
  breaksBetween({ [TYPE]: event() }, { [TYPE]: current }).map(({ at, kind }) => [at.replace(TYPE, ''), kind]);

describe('an event grows, and breaks nothing,', () => {
  it.each<[string, JsonSchema]>([
    ['when nothing changes', event()],
    ['by an optional property', event({}, { more: { type: 'string' } })],
    ['by a value of an enum', event({}, { kind: { type: 'string', enum: ['c', 'b', 'a'] } })],
    ['by words', event({ description: 'Better said.' }, { note: { type: 'string', description: 'A note.' } })],
    ['by properties in another order', event({ required: ['kind', 'id'] })],
  ])('%s', (_, current) => {
    expect(breaks(current)).toEqual([]);
  });

  it('by another event beside it', () => {
    expect(breaksBetween({ [TYPE]: event() }, { [TYPE]: event(), 'concord.thing.happened.v2': {} })).toEqual([]);
  });
});

describe('an event breaks', () => {
  it.each<[string, JsonSchema, [string, string][]]>([
    ['by a property that is gone', without('note'), [['/note', 'removed-property']]],
    ['by a property of another type', event({}, { note: { type: 'integer' } }), [['/note', 'retyped']]],
    ['by another format', event({}, { id: { type: 'string' } }), [['/id', 'retyped']]],
    ['by a new bound', event({}, { note: { type: 'string', maxLength: 3 } }), [['/note', 'retyped']]],
    [
      'by a property that must be there now',
      event({ required: ['id', 'kind', 'note'] }),
      [['/note', 'newly-required']],
    ],
    [
      'by a new property that must be there',
      event({ required: ['id', 'kind', 'more'] }, { more: { type: 'string' } }),
      [['/more', 'newly-required']],
    ],
    ['by a property that may be missing now', event({ required: ['id'] }), [['/kind', 'no-longer-required']]],
    ['by a value less', event({}, { kind: { type: 'string', enum: ['a'] } }), [['/kind', 'narrowed-enum']]],
    [
      'by values that are listed now',
      event({}, { note: { type: 'string', enum: ['a'] } }),
      [['/note', 'narrowed-enum']],
    ],
    ['by being closed', event({ additionalProperties: false }), [['', 'closed']]],
    [
      'in items of a list',
      event({}, { list: { type: 'array', items: { type: 'string', minimum: 0 } } }),
      [['/list[]', 'retyped']],
    ],
    [
      'deep inside',
      event({}, { data: { type: 'object', properties: {}, additionalProperties: false } }),
      [
        ['/data/debtId', 'removed-property'],
        ['/data', 'closed'],
      ],
    ],
  ])('%s', (_, current, expected) => {
    expect(breaks(current)).toEqual(expected);
  });

  it('by being gone', () => {
    expect(breaksBetween({ [TYPE]: event() }, {})).toEqual([{ at: TYPE, kind: 'removed-type' }]);
  });
});
