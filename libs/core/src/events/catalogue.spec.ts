import { describe, expect, test } from '@jest/globals';
import { parseCaseEvent } from './catalogue.js';

const ID = '6f1c8a52-6f0f-4a86-9d43-0d6f2a7b9a11';

const event = (data: object, envelope: object = {}): object => ({
  ...{ specversion: '1.0', id: ID, source: '/concord/cases/test', type: 'concord.stop.placed.v1', subject: ID },
  ...{ time: '2026-11-20T12:00:00Z', datacontenttype: 'application/json', partitionkey: ID, caseversion: 1 },
  ...{ correlationid: 'test', data },
  ...envelope,
});

describe('an event that comes in', () => {
  test('may be of a newer release that says more: the rest is passed over', () => {
    const read = parseCaseEvent(event({ stopId: ID, kind: 'dispute' }, { traceparent: '00-1-2-3' }));
    expect(read.data).toEqual({ stopId: ID });
    expect(read).not.toHaveProperty('traceparent');
  });

  test.each([
    ['without what every release said', event({})],
    ['of a type that is not in the catalogue', event({ stopId: ID }, { type: 'concord.stop.moved.v1' })],
    ['of another version of its type', event({ stopId: ID }, { type: 'concord.stop.placed.v2' })],
    ['without the version of its case', event({ stopId: ID }, { caseversion: 0 })],
  ])('%s is refused', (_, value) => {
    expect(() => parseCaseEvent(value)).toThrow();
  });
});
