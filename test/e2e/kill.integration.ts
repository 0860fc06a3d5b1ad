import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { CHECKPOINTS } from '../../libs/core/src/platform/checkpoints.js';

import { pause } from '../support/processes.js';
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

/** Another one every time; the name of the test has it, and the variable repeats a run. */
const SEED = Number(process.env['CONCORD_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

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

/** Kills one run after another of the same day from outside, then lets it come to its end. */
async function killFiveTimes(random: () => number): Promise<Omit<Recovery, 'killed' | 'databaseLeft'>> {
  const { milliseconds } = await undisturbed;
  const concord = install();
  for (let kill = 0; kill < 5; kill += 1) {
    const process = concord.begin(['start', '--once', '--date', DATE]);
    // The preparation of the database has a test of its own. What was done before is not done again by later runs.
    if (kill === 0) await concord.has('postgres.json');
    await pause(milliseconds * (kill === 0 ? 1 : 0.6) * random());
    await process.end('SIGKILL');
  }
  const { ended, report } = await concord.day(DATE);
  const exchanges = await concord.json<ListedExchange[]>(['exchange', 'list']);
  return { ended, report, exchanges, concord };
}

const undisturbed = work.begin(async () => {
  const concord = install();
  const began = Date.now();
  const { ended, report } = await concord.day(DATE);
  return { ended, report, milliseconds: Date.now() - began, bureaus: atBureaus(concord) };
});
const fiveTimes = work.begin(() => killFiveTimes(seededRandom(SEED)));
const recoveries = new Map(KILLS.map((instruction) => [instruction, work.begin(() => killAt(instruction))]));

afterAll(async () => {
  await Promise.allSettled([...recoveries.values(), fiveTimes]);
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

describe(`killed from outside at five moments (CONCORD_TEST_SEED=${SEED})`, () => {
  test('the same command comes to its end, with the money and the counts right', async () => {
    const { ended, report } = await fiveTimes;
    expect(ended).toMatchObject({ code: 0, signal: null });
    expectWholeReport(report);
    expect(unconserved(report)).toEqual([]);
    // Which account numbers the debts have, and therefore what the bureaus refuse, depends on where it was killed.
    const counts = (each: DayReport) =>
      [...connectorDays(each).values()].map(({ id, sent, blocked }) => ({ id, sent, blocked }));
    expect(counts(report)).toEqual(counts((await undisturbed).report!));
  });

  test('each bureau has one file, and the ledger counts what the bureau counts', async () => {
    const { concord, report, exchanges } = await fiveTimes;
    expect(
      atBureaus(concord).map(({ id, inbox, arrivals, tradelines }) => ({
        ...{ id, inbox, held: Object.keys(tradelines).length },
        arrivals: arrivals.map(({ content: _, ...arrival }) => arrival),
      })),
    ).toEqual(
      [...connectorDays(report!).values()].map(({ id, sent, accepted, refused }) => {
        const name: unknown = expect.stringMatching(/^[A-Z]{4}202610150001\.m2$/);
        const arrival = { name, result: 'processed', records: sent, accepted, refused };
        return { id, inbox: [name], held: accepted, arrivals: [arrival] };
      }),
    );
    expect(exchanges.map(({ connector, direction, state }) => `${connector} ${direction} ${state}`).sort()).toEqual(
      CONNECTORS.flatMap(({ id }) => [`${id} in applied`, `${id} out answered`]).sort(),
    );
  });
});

test.each([0, 100, 300, 600, 1_200])('killed %i ms after the database was made: the next start goes on', async (ms) => {
  const concord = install();
  const first = concord.begin(['exchange', 'list']);
  await concord.has('postgres/PG_VERSION');
  await pause(ms);
  await first.end('SIGKILL');
  const second = await concord.begin(['exchange', 'list']).ended;
  expect({ ...second, wrong: second.code === 0 ? '' : second.stderr }).toMatchObject({ code: 0, wrong: '' });
});

test('killed while the database is made: the next start makes it anew', async () => {
  const concord = install();
  const first = concord.begin(['exchange', 'list']);
  await concord.hasLike(/^postgres\..*\.new$/);
  await pause(400);
  await first.end('SIGKILL');
  const second = await concord.begin(['exchange', 'list']).ended;
  expect({ ...second, wrong: second.code === 0 ? '' : second.stderr }).toMatchObject({ code: 0, wrong: '' });
});

/** The mulberry32 generator: numbers from 0 to 1, the same ones for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
