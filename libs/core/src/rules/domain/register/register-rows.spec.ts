import { describe, expect, it } from '@jest/globals';
import { listRules } from '../listing.js';
import type { Confirmation } from '../rule.js';
import { stopEffect, STOPS_BY_ACT } from '../stops-by-act.js';
import { IN_STOP_TABLES } from './in-stop-tables.js';
import { RULES } from './index.js';
import { NOT_ACTS } from './not-acts.js';
import { REGISTER_ROWS } from './testing/register-rows.js';

const ROWS = Object.keys(REGISTER_ROWS);
const inCode = RULES.map(({ id }) => id);
const inTables = IN_STOP_TABLES.map(({ id }) => id);
const notActs = NOT_ACTS.map(({ id }) => id);
/** Rules of Concord's own, with no row. */
const OWN = ['PAID', 'SET-ASIDE', 'US-ACH-01'];

/** How much is claimed of a source. */
const CLAIM: Readonly<Record<Confirmation, number>> = { no: 0, partly: 1, yes: 2 };

describe('the register, compared with the rows that it was built from', () => {
  it('has 77 of them', () => expect(ROWS).toHaveLength(77));

  it('has no row twice, and nothing that is no row', () => {
    const known = [...inCode, ...inTables, ...notActs].filter((id) => !OWN.includes(id));
    expect(new Set(known).size).toBe(known.length);
    expect(known.filter((id) => !ROWS.includes(id))).toEqual([]);
  });

  it('has every row as a rule, in the tables of stops, or as no act', () => {
    const known = new Set([...inCode, ...inTables, ...notActs]);
    expect(ROWS.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has what stands in the tables of stops there, by name', () => {
    for (const { id, acts, stop, countries } of IN_STOP_TABLES) {
      for (const act of acts) {
        const { note, effects } = stopEffect(STOPS_BY_ACT, act, stop, countries[0]!);
        expect([id, act, note.includes(id), effects.length > 0]).toEqual([id, act, true, true]);
      }
    }
  });

  it('claims no more of a source than the row does', () => {
    const claimed = [...RULES, ...IN_STOP_TABLES, ...NOT_ACTS].filter(({ id, confirmed }) => {
      const row = REGISTER_ROWS[id];
      return row !== undefined && CLAIM[confirmed] > CLAIM[row];
    });
    expect(claimed.map(({ id }) => id)).toEqual([]);
  });

  it('says in a sentence why what is no act is none', () => {
    for (const { id, why } of NOT_ACTS) expect([id, /^[A-Z].{20,}\.$/s.test(why)]).toEqual([id, true]);
  });
});

describe('the list of rules', () => {
  const listed = listRules(['report', 'place']);

  it('has every rule once, by id', () => {
    const ids = listed.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(RULES.length + IN_STOP_TABLES.length + NOT_ACTS.length);
  });

  it('says of each either by which acts it is reached or why it is not', () => {
    for (const { id, acts, reachable, reachableBy, why } of listed) {
      expect([id, reachable]).toEqual([id, reachableBy.length > 0]);
      expect([id, why === null]).toEqual([id, reachable]);
      expect(acts).toEqual(expect.arrayContaining([...reachableBy]));
    }
  });

  it('counts letters among what Concord does by itself, and nothing else', () => {
    const rule = { ...RULES[0]!, id: 'TEST-1', acts: ['contact' as const, 'lien' as const] };
    const other = { ...RULES[0]!, id: 'TEST-2', acts: ['lien' as const] };
    const [first, second] = listRules([], [rule, other]).filter(({ id }) => id.startsWith('TEST'));
    expect(first).toMatchObject({ reachable: true, reachableBy: ['contact'], why: null });
    expect(second).toMatchObject({ reachable: false, why: 'No installed plugin performs the act lien.' });
  });
});
