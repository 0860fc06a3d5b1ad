import { describe, expect, test } from '@jest/globals';
import { merge } from './host-state.js';
import type { HostFacts, HostState } from './host-state.js';
import { identifiersSaid, partyOf, partyShape } from './registration-row.js';

const said = (...days: readonly HostFacts[]): HostState =>
  days.reduce<HostState>(
    (state, facts, index) => merge(state, facts, { date: `2026-03-0${index + 1}`, sequence: 1, line: 2 }).state,
    {},
  );
const ROBIN = { debtorKind: 'person', surname: 'Sample', firstName: 'Robin', ssn: '901000001' };
const shop = { debtorKind: 'business', surname: 'Sample Shop' };

describe('a party that turns out to be a business', () => {
  test('loses what was said before of a person', () => {
    const { value } = partyOf(partyShape('C-1', said(ROBIN, shop), undefined));
    expect(value).toMatchObject({ kind: 'business', surname: 'Sample Shop', firstName: null, ssn: null });
    const onFile = { sourceReference: 'C-1', kind: 'person', surname: 'Sample', firstName: 'Robin' };
    expect(partyOf(partyShape('C-1', said(shop), onFile)).value).toMatchObject({ kind: 'business', firstName: null });
  });

  test('is not complete while the same row or a later one says something of a person', () => {
    const both = { ...shop, firstName: 'Robin' };
    expect(partyOf(partyShape('C-1', said(ROBIN, both), undefined))).toMatchObject({ missing: 'firstName' });
    expect(partyOf(partyShape('C-1', said(shop, { ssn: '901000001' }), undefined))).toMatchObject({ missing: 'ssn' });
  });

  test('is a person again, with all that was said, when the host says so', () => {
    const { value } = partyOf(partyShape('C-1', said(ROBIN, shop, { debtorKind: 'person' }), undefined));
    expect(value).toMatchObject({ kind: 'person', firstName: 'Robin', ssn: '901000001' });
  });
});

test('a row says identifiers only of a debtor that it names', () => {
  expect(identifiersSaid({ debtorReference: 'C-1', ssn: '901000001' })).toMatchObject({
    ...{ sourceReference: 'C-1', ssn: '901000001', sin: null, dateOfBirth: null },
  });
  expect(identifiersSaid({ debtorReference: 'C-1', surname: 'Sample' })).toBeNull();
  expect(identifiersSaid({ ssn: '901000001' })).toBeNull();
});
