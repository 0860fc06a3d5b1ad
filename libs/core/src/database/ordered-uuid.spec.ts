import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { orderedUuid } from './ordered-uuid.js';

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ordered UUIDs', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('have the form of version 7 and begin with the millisecond', () => {
    jest.setSystemTime(new Date('2126-03-16T12:00:00.123Z'));
    const id = orderedUuid();
    expect(id).toMatch(VERSION_7);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2126-03-16T12:00:00.123Z'));
  });

  test('ascend within a millisecond, beyond what its counter holds, and when the clock is set back', () => {
    jest.setSystemTime(new Date('2126-03-16T13:00:00Z'));
    const ids = Array.from({ length: 10_000 }, orderedUuid);
    jest.setSystemTime(new Date('2126-03-16T12:59:00Z'));
    ids.push(orderedUuid());
    jest.setSystemTime(new Date('2126-03-16T13:00:01Z'));
    ids.push(orderedUuid());
    expect(ids.every((id) => VERSION_7.test(id))).toBe(true);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
