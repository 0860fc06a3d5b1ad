import { alertList } from './alert-list.js';
import { connectorList, connectorShow } from './connectors.js';
import { debtShow } from './debts.js';
import { explainDebt } from './explain.js';
import { importDebts } from './import-debts.js';
import { glPostings } from './general-ledger.js';
import { intakeAccept, intakeFaults, intakeList, intakeRefuse, intakeShow, intakeTake } from './intake.js';
import { interestAccrue } from './interest.js';
import { adverseSwitch, jurisdictionList } from './jurisdictions.js';
import { exchangeList, exchangeShow, positionsOf } from './look.js';
import { noticesList, noticesMake, noticesPosted, noticesRelease } from './notices.js';
import type { Operation } from './operation.js';
import { commandOrdered } from './order-command.js';
import { partyDuplicates, partyMerge, partyUndoMerge } from './parties.js';
import { quarantineList, quarantineShow } from './quarantine.js';
import { releaseList } from './releases.js';
import { reportFile, reportList, reportShow, reportSignOff } from './reports.js';
import { rulesPreview } from './rules.js';
import { runDay } from './run-day.js';
import { strategyApply, strategyList, strategyPreview } from './strategies.js';
import { suspenseList, suspenseMatch } from './suspense.js';

/** Every operation that a running instance carries out for a command beside it, by name. */
export const OPERATIONS: ReadonlyMap<string, Operation<never, unknown>> = new Map(
  [
    ...[importDebts, runDay, exchangeList, exchangeShow, positionsOf, commandOrdered, connectorList, connectorShow],
    ...[quarantineList, quarantineShow, suspenseList, suspenseMatch, jurisdictionList, adverseSwitch, alertList],
    ...[interestAccrue, debtShow, explainDebt, rulesPreview, releaseList],
    ...[partyDuplicates, partyMerge, partyUndoMerge],
    ...[noticesMake, noticesList, noticesRelease, noticesPosted, reportList, reportShow, reportFile, reportSignOff],
    ...[strategyList, strategyPreview, strategyApply],
    ...[intakeTake, intakeList, intakeShow, intakeFaults, intakeAccept, intakeRefuse, glPostings],
  ].map((operation) => [operation.name, operation as Operation<never, unknown>]),
);
