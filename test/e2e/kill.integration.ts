import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { CHECKPOINTS } from '../../libs/core/src/platform/checkpoints.js';

import type { Ended } from '../support/processes.js';
import { BureauAccount } from './bureau.js';
import type { DayReport } from './day-report.js';
import { CONNECTORS, connectorDays, expectWholeReport, unconserved } from './day-report.js';
import { Installation } from './installation.js';
import { SideBySide } from './side-by-side.js';

jest.setTimeout(240_000);

/** The same day and therefore the same made-up cases everywhere. */
const DATE = '2026-10-15';
const PLACES = 2;

/** At every checkpoint: the first time that it is passed, and elsewhere in the middle of the other connectors' work. */
const KILLS = CHECKPOINTS.flatMap((point, index) => (index % 2 === 0 ? [point] : [`${point}:${index + 1}`]));

interface ListedExchange {
  readonly connector: string;
  readonly direction: 'out' | 'in';
  readonly state: string;
}

const installations: Installation[] = [];
const work = new SideBySide(PLACES);

function install(): Installation {
  const concord = new Installation();
  installations.push(concord);
  return concord;
}

/** What lies at the bureaus, by connector: the files that arrived, byte by byte, and the books. */
function atBureaus(concord: Installation) {
  return CONNECTORS.map(({ id, bureau, office }) => {
    const account = new BureauAccount(concord.data, bureau, office);
    const arrivals = account.arrivals();
    const { tradelines, history } = account.books();
    return {
      id,
      arrivals: arrivals.map(({ name, result, records, accepted, refused }) => ({
        ...{ name, result, records, accepted, refused },
        content: account.received(arrivals[0]!).toString('latin1'),
      })),
      inbox: account.inbox(),
      tradelines,
      history,
    };
  });
}

interface Recovery {
  readonly killed: Ended;
  readonly databaseLeft: boolean;
  readonly ended: Ended;
  readonly report: DayReport | null;
  readonly exchanges: readonly ListedExchange[];
  readonly concord: Installation;
}

async function killAt(instruction: string): Promise<Recovery> {
  const concord = install();
  const { ended: killed } = await concord.day(DATE, { environment: { CONCORD_KILL_AT: instruction } });
  const databaseLeft = concord.databasePid() !== null;
  const { ended, report } = await concord.day(DATE);
  const exchanges = await concord.json<ListedExchange[]>(['exchange', 'list']);
  return { killed, databaseLeft, ended, report, exchanges, concord };
}

const undisturbed = work.begin(async () => {
  const concord = install();
  const began = Date.now();
  const { ended, report } = await concord.day(DATE);
  return { ended, report, milliseconds: Date.now() - began, bureaus: atBureaus(concord) };
});
const recoveries = new Map(KILLS.map((instruction) => [instruction, work.begin(() => killAt(instruction))]));

afterAll(async () => {
  await Promise.allSettled(recoveries.values());
  await Promise.all(installations.map((concord) => concord.remove()));
});

test('an undisturbed run is there to compare with', async () => {
  const { ended, report } = await undisturbed;
  expect(ended.code).toBe(0);
  expectWholeReport(report);
});

describe.each(KILLS)('killed at %s', (instruction) => {
  const recovery = () => recoveries.get(instruction)!;

  test('dies there without cleaning up', async () => {
    const { killed, databaseLeft } = await recovery();
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(databaseLeft).toBe(true);
  });

  test('the same command goes on and reports the day as if nothing had happened', async () => {
    const { ended, report } = await recovery();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(report).toEqual((await undisturbed).report);
    expect(unconserved(report!)).toEqual([]);
  });

  test('each bureau has one file, the same to the byte, and took each record once', async () => {
    const { concord } = await recovery();
    const bureaus = atBureaus(concord);
    expect(bureaus.map(({ arrivals }) => arrivals.length)).toEqual(CONNECTORS.map(() => 1));
    expect(bureaus.map(({ arrivals, inbox }) => [inbox, arrivals[0]?.result])).toEqual(
      bureaus.map(({ arrivals }) => [[arrivals[0]?.name], 'processed']),
    );
    expect(bureaus).toEqual((await undisturbed).bureaus);
  });

  test('each record is applied once: what the ledger counts is what the bureau counts', async () => {
    const { concord, report, exchanges } = await recovery();
    const days = connectorDays(report!);
    expect(atBureaus(concord).map(({ id, arrivals }) => [id, arrivals[0]?.accepted, arrivals[0]?.refused])).toEqual(
      CONNECTORS.map(({ id }) => [id, days.get(id)?.accepted, days.get(id)?.refused]),
    );
    expect([...days.values()].filter(({ sent, accepted, refused }) => sent !== accepted + refused)).toEqual([]);
    expect(exchanges.map(({ connector, direction, state }) => `${connector} ${direction} ${state}`).sort()).toEqual(
      CONNECTORS.flatMap(({ id }) => [`${id} in applied`, `${id} out answered`]).sort(),
    );
  });
});
