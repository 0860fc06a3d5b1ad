import { importDebts } from './import-debts.js';
import { adverseSwitch, jurisdictionList } from './jurisdictions.js';
import { exchangeList, exchangeShow, positionsOf } from './look.js';
import type { Operation } from './operation.js';
import { runDay } from './run-day.js';

/** Every operation that a running instance carries out for a command beside it, by name. */
export const OPERATIONS: ReadonlyMap<string, Operation<never, unknown>> = new Map(
  [importDebts, runDay, exchangeList, exchangeShow, positionsOf, jurisdictionList, adverseSwitch].map((operation) => [
    operation.name,
    operation as Operation<never, unknown>,
  ]),
);
