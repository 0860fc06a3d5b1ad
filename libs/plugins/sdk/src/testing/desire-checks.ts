import type { PositionDefinition } from '../contract/plugin.js';
import type { DebtSnapshot, StopSnapshot } from '../contract/snapshot.js';
import type { CheckList } from './check-list.js';
import { frozen } from './frozen.js';
import { checkPositions } from './position-content.js';
import { ALLOWED, checkEachStop, checkMoreStops, checkWithoutReferral, desireOf, type Desire } from './stop-checks.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';

/** The checks of what a plugin desires. */
export function addDesireChecks(subject: Subject, position: PositionDefinition<unknown>, list: CheckList): void {
  const { samples, identifiers, expect } = subject;
  const { date, debts } = samples;
  list.add('desire', 'has debts to judge', () => ensure(debts.length > 0, 'The samples have no debt'));
  for (const sample of debts) {
    const { name, debt } = sample;
    const desire = async (): Promise<Desire> => desireOf(position, await subject.settings(sample), date);

    list.add('desire', `no stop opens a position or makes one more adverse: ${name}`, async () => {
      checkEachStop(await desire(), debt, date);
      checkWithoutReferral(await desire(), debt);
    });

    list.add('desire', `nor does one stop more, whatever stands already: ${name}`, async () =>
      checkMoreStops(await desire(), debt, date),
    );

    list.add('desire', `wants the same thing twice, in states that it declares: ${name}`, async () => {
      const desired = await desire();
      const wanted = desired(debt, ALLOWED);
      for (const { state } of wanted) ensure(position.states.includes(state), `${state} is not declared`);
      expect(desired(structuredClone(debt), ALLOWED)).toEqual(wanted);
    });

    list.add('desire', `keeps in positions what may be kept: ${name}`, async () =>
      checkPositions((await desire())(debt, ALLOWED), identifiers, date),
    );

    list.add('desire', `changes nothing that it is given: ${name}`, async () => {
      const settings = structuredClone(await subject.settings(sample));
      const given = frozen({
        debt: inDisorder(structuredClone(debt), date),
        context: { settings, date, decision: ALLOWED },
      });
      position.desire(given.debt, given.context);
    });

    list.add('desire', `does not care in which order it is told: ${name}`, async () => {
      const desired = await desire();
      const told = inDisorder(debt, date);
      expect(desired(reversed(told), ALLOWED)).toEqual(desired(told, ALLOWED));
      // Who is named first may show in a partner's record, but not in what is asked of the debtors.
      const core = (of: DebtSnapshot): unknown =>
        desired(of, ALLOWED).map(({ key, state, reference, amountMinor }) => ({ key, state, reference, amountMinor }));
      expect(core({ ...debt, parties: [...debt.parties].reverse() })).toEqual(core(debt));
    });
  }
}

/** A debt about which several things are known at once. */
function inDisorder(debt: DebtSnapshot, date: string): DebtSnapshot {
  const stop = (id: string, kind: StopSnapshot['kind']): StopSnapshot => {
    return { id, kind, startsOn: date, endsOn: null, details: {} };
  };
  return {
    ...debt,
    stops: [...debt.stops, stop('order-1', 'hardship'), stop('order-2', 'dispute'), stop('order-3', 'vulnerability')],
    proofs: [...debt.proofs, { kind: 'notice-sent', on: date }, { kind: 'conversation-held', on: date }],
  };
}

function reversed(debt: DebtSnapshot): DebtSnapshot {
  return { ...debt, stops: [...debt.stops].reverse(), proofs: [...debt.proofs].reverse() };
}
