import { describe, expect, it } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import { unconfirmed } from '@concord/core/rules/domain/describe';
import { unconfirmedLines } from './unconfirmed.js';

describe('what is said at start', () => {
  const lines = unconfirmedLines([]);

  it('names every rule that is not fully confirmed', () => {
    const rules = unconfirmed().filter(({ id }) => !id.startsWith('STOP:'));
    expect(rules.length).toBeGreaterThan(0);
    for (const { id } of rules) expect(lines[0]).toContain(id);
  });

  it('names every effect of a stop that is not, by kind, with its country and acts', () => {
    const [, effects] = lines[1]!.split('stops: ');
    const named = effects!.split('; ').flatMap((each) => {
      const [, kind, acts] = /^(.*) \((.*)\)$/.exec(each)!;
      const listed = acts!
        .replace(/^every act( but )?/, '')
        .split(', ')
        .filter((act) => act !== '');
      const of = acts!.startsWith('every act') ? ACTS.filter((act) => !listed.includes(act)) : listed;
      const [stop, country] = kind!.split(' ');
      return of.map((act) => [`STOP:${stop}`, act, country].filter(Boolean).join(' '));
    });
    const expected = unconfirmed().flatMap(({ id }) => (id.startsWith('STOP:') ? [id] : []));
    expect(named.sort()).toEqual(expected.sort());
    expect(effects!.length).toBeLessThan(1_500);
  });

  it('says a caution once, with all connectors that it is about', () => {
    const caution = { kind: 'caution' as const, message: 'Careful.' };
    const notices = [
      { ...caution, connectorId: 'a' },
      { ...caution, connectorId: 'b' },
    ];
    expect(unconfirmedLines(notices)[0]).toBe('Caution (a, b): Careful.');
  });
});
