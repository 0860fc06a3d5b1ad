import { describe, expect, it } from '@jest/globals';
import { unconfirmed } from '@concord/core/rules/domain/describe';
import { unconfirmedLines } from './unconfirmed.js';

describe('what is said at start', () => {
  const lines = unconfirmedLines([]);

  it('names every rule that is not fully confirmed', () => {
    const rules = unconfirmed().filter(({ id }) => !id.startsWith('STOP:'));
    expect(rules.length).toBeGreaterThan(0);
    for (const { id } of rules) expect(lines[0]).toContain(id);
  });

  it('names every effect of a stop that is not, by act, with its country', () => {
    expect(lines[1]).toContain('on report (');
    expect(lines[1]).toContain('moratorium GB');
    const cells = lines[1]!.split(/, |; on | \(/).length;
    expect(cells).toBeGreaterThanOrEqual(unconfirmed().filter(({ id }) => id.startsWith('STOP:')).length);
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
