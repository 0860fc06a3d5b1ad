import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { settingsOf } from './samples/tradeline-file.js';
import { settingsSchema } from './settings.js';

describe('settings', () => {
  test('are those of a collector in the United States and of the character form, unless they say otherwise', () => {
    expect(settingsOf()).toMatchObject({ country: 'US', form: 'character', profile: 'collector' });
    expect(settingsOf()).not.toHaveProperty('recordsPerBlock');
    expect(settingsOf()).not.toHaveProperty('fixedRecords');
  });

  test('reserve no segment that is not named', () => {
    expect(settingsOf({ fixedRecords: { K1: 1 } }).fixedRecords).toEqual(
      Object.fromEntries(['J1', 'J2', 'K1', 'K2', 'K3', 'K4', 'L1', 'N1'].map((type) => [type, type === 'K1' ? 1 : 0])),
    );
  });

  test.each([
    ['canada', { canada: {} }],
    ['form', { country: 'CA', form: 'packed' }],
    ['fixedRecords', { form: 'packed', fixedRecords: { K1: 1 } }],
    ['fixedRecords', { recordsPerBlock: 1, fixedRecords: { K1: 1 } }],
    ['boughtDebts.water.from', { boughtDebts: { water: { from: 'S'.repeat(31), on: '2025-12-01' } } }],
    ['canada.dispute.removal', { country: 'CA', canada: { dispute: { code: 'XX' } } }],
  ])('are refused at %s', (path, changed) => {
    const parsed = settingsSchema.safeParse({ ...settingsOf(), ...changed });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  test('have a form', () => {
    const { properties } = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
    expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(['country', 'boughtDebts', 'fixedRecords']));
  });
});
