import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { CHECKPOINTS } from '../../libs/core/src/platform/checkpoints.js';
import type { Checkpoint } from '../../libs/core/src/platform/checkpoints.js';

import { pause } from '../support/processes.js';
import type { Ended } from '../support/processes.js';
import { WHOLE_SHARE } from '../support/share.js';
import { NO_COMPLAINTS, agencyComplaints, agencyDesks, atAgencies } from './agency-desks.js';
import { quietAgencies } from './agency.js';
import { BureauAccount } from './bureau.js';
import type { DayReport } from './day-report.js';
import {
  CONNECTORS,
  PLACEMENTS,
  agenciesTogether,
  connectorDays,
  expectWholeReport,
  unconserved,
} from './day-report.js';
import { Installation } from './installation.js';
import { SideBySide } from './side-by-side.js';

/** A test waits for its turn, too: other kills come first. */
jest.setTimeout(540_000);

/** The same day and therefore the same made-up cases everywhere. */
const DATE = '2026-10-15';
const PLACES = 2;

/** Another one every time; the name of the test has it, and the variable repeats a run. */
const SEED = Number(process.env['CONCORD_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/**
 * Passed first while the made-up cases are taken in. Which numbers the debts have, and therefore what the bureaus refuse, depends on
 * where that was killed: there only counts can be compared.
 */
const IN_INTAKE: readonly Checkpoint[] = ['after-publishing', 'after-handling'];

/** Of the fast share: where money may be posted twice. The thirty days die at every point there. */
const FAST: readonly Checkpoint[] = ['mid-posting'];

/** At every other checkpoint: the first time that it is passed, and elsewhere in the middle of the other connectors' work. */
const KILLS = CHECKPOINTS.flatMap((point, index) => {
  if (IN_INTAKE.includes(point) || !(WHOLE_SHARE || FAST.includes(point))) return [];
  return [index % 2 === 0 ? point : `${point}:${index + 1}`];
});
const KILLS_IN_INTAKE = WHOLE_SHARE ? IN_INTAKE : [];

/** Kills while the database of a new folder is put in order, in milliseconds after it was made. */
const AFTER_DATABASE_MS = WHOLE_SHARE ? [0, 100, 300, 600, 1_200] : [300];

interface ListedExchange {
  readonly connector: string;
  readonly direction: 'out' | 'in';
  readonly state: string;
}

const installations: Installation[] = [];
const work = new SideBySide(PLACES);

function install(quiet = false): Installation {
  const concord = new Installation();
  if (quiet) quietAgencies(concord.data, [...new Set(PLACEMENTS.map(({ agency }) => agency))]);
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

/** How far the answers of bureaus came, one in and one out for each. */
function bureauExchanges(exchanges: readonly ListedExchange[]): string[] {
  const bureaus = new Set(CONNECTORS.map(({ id }) => id));
  return exchanges
    .filter(({ connector }) => bureaus.has(connector))
    .map(({ connector, direction, state }) => `${connector} ${direction} ${state}`)
    .sort();
}

interface Recovery {
  readonly killed: Ended;
  readonly databaseLeft: boolean;
  readonly ended: Ended;
  readonly report: DayReport | null;
  readonly exchanges: readonly ListedExchange[];
  readonly concord: Installation;
}

/**
 * While files are still being sent, money and disputes that an agency answers at once may come before a bureau's file or
 * after it, by where the kill fell: both are right, but not the same. Agencies keep quiet then.
 */
function keepsQuiet(instruction: string): boolean {
  return !instruction.startsWith('mid-');
}

async function killAt(instruction: string): Promise<Recovery> {
  const concord = install(keepsQuiet(instruction));
  const { ended: killed } = await concord.day(DATE, { environment: { CONCORD_KILL_AT: instruction } });
  const databaseLeft = concord.databasePid() !== null;
  const { ended, report } = await concord.day(DATE);
  const exchanges = await concord.json<ListedExchange[]>(['exchange', 'list']);
  return { killed, databaseLeft, ended, report, exchanges, concord };
}

/** Kills one run after another of the same day from outside, then lets it come to its end. */
async function killFiveTimes(random: () => number): Promise<Omit<Recovery, 'killed' | 'databaseLeft'>> {
  const { milliseconds } = await quietlyUndisturbed;
  const concord = install(true);
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

async function wholeDay(quiet: boolean) {
  const concord = install(quiet);
  const began = Date.now();
  const { ended, report } = await concord.day(DATE);
  const milliseconds = Date.now() - began;
  return { ended, report, milliseconds, bureaus: atBureaus(concord), agencies: atAgencies(concord.data) };
}

const undisturbed = work.begin(() => wholeDay(false));
/** Only where it is compared with. */
const quietlyUndisturbed = WHOLE_SHARE ? work.begin(() => wholeDay(true)) : undisturbed;
const fiveTimes = WHOLE_SHARE ? work.begin(() => killFiveTimes(seededRandom(SEED))) : null;
const recoveries = new Map(
  [...KILLS, ...KILLS_IN_INTAKE].map((instruction) => [instruction, work.begin(() => killAt(instruction))]),
);

afterAll(async () => {
  await Promise.allSettled([...recoveries.values(), fiveTimes]);
  await Promise.all(installations.map((concord) => concord.remove()));
});

test('an undisturbed run is there to compare with', async () => {
  const { ended, report } = await undisturbed;
  expect(ended.code).toBe(0);
  expectWholeReport(report);
  expect([...connectorDays(report).values()].some(({ postedMinor }) => postedMinor > 0)).toBe(true);
});

describe.each(KILLS)('killed at %s', (instruction) => {
  const recovery = () => recoveries.get(instruction)!;
  const compared = () => (keepsQuiet(instruction) ? quietlyUndisturbed : undisturbed);

  test('dies there without cleaning up', async () => {
    const { killed, databaseLeft } = await recovery();
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(databaseLeft).toBe(true);
  });

  test('the same command goes on and reports the day as if nothing had happened', async () => {
    const { ended, report } = await recovery();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expectWholeReport(report);
    expect(report).toEqual((await compared()).report);
    expect(unconserved(report)).toEqual([]);
  });

  test('each bureau has one file, the same to the byte, and took each record once', async () => {
    const { concord } = await recovery();
    const bureaus = atBureaus(concord);
    expect(bureaus.map(({ arrivals }) => arrivals.length)).toEqual(CONNECTORS.map(() => 1));
    expect(bureaus.map(({ arrivals, inbox }) => [inbox, arrivals[0]?.result])).toEqual(
      bureaus.map(({ arrivals }) => [[arrivals[0]?.name], 'processed']),
    );
    expect(bureaus).toEqual((await compared()).bureaus);
  });

  test('each agency has the same books: nothing placed, told or collected twice', async () => {
    const { concord } = await recovery();
    expect(agencyComplaints(concord.data)).toEqual(NO_COMPLAINTS);
    expect(atAgencies(concord.data)).toEqual((await compared()).agencies);
  });

  test('each record is applied once: what the ledger counts is what the bureau counts', async () => {
    const { concord, report, exchanges } = await recovery();
    const days = connectorDays(report!);
    expect(atBureaus(concord).map(({ id, arrivals }) => [id, arrivals[0]?.accepted, arrivals[0]?.refused])).toEqual(
      CONNECTORS.map(({ id }) => [id, days.get(id)?.accepted, days.get(id)?.refused]),
    );
    expect([...days.values()].filter(({ sent, accepted, refused }) => sent !== accepted + refused)).toEqual([]);
    expect(bureauExchanges(exchanges)).toEqual(
      CONNECTORS.flatMap(({ id }) => [`${id} in applied`, `${id} out answered`]).sort(),
    );
  });
});

(WHOLE_SHARE ? test : test.skip).each(IN_INTAKE)(
  'killed at %s, it dies there without cleaning up',
  async (instruction) => {
    const { killed, databaseLeft } = await recoveries.get(instruction)!;
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(databaseLeft).toBe(true);
  },
);

(WHOLE_SHARE ? describe : describe.skip).each([
  { how: `from outside at five moments (CONCORD_TEST_SEED=${SEED})`, recovery: () => fiveTimes! },
  ...IN_INTAKE.map((point) => ({ how: `at ${point}`, recovery: () => recoveries.get(point)! })),
])('killed $how', ({ recovery }) => {
  test('the same command comes to its end, with the money and the counts right', async () => {
    const { ended, report } = await recovery();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expectWholeReport(report);
    expect(unconserved(report)).toEqual([]);
    const counts = (each: DayReport) =>
      agenciesTogether(each).jurisdictions.map(({ id, bureaus, agencies }) => ({
        id,
        bureaus: bureaus.map((bureau) => ({ id: bureau.id, sent: bureau.sent, blocked: bureau.blocked })),
        agencies: { sent: agencies.sent, blocked: agencies.blocked },
      }));
    expect(counts(report)).toEqual(counts((await quietlyUndisturbed).report!));
  });

  test('each agency has what the ledger counts, once', async () => {
    const { concord, report } = await recovery();
    expect(agencyComplaints(concord.data)).toEqual(NO_COMPLAINTS);
    expect(
      agencyDesks(concord.data).map(({ id, accounts }) => {
        const states = Object.values(accounts).map(({ state }) => state);
        const refused = states.filter((state) => state === 'refused').length;
        return { id, sent: states.length, accepted: states.length - refused, refused };
      }),
    ).toEqual(
      PLACEMENTS.map(({ id }) => {
        const { sent, accepted, refused } = connectorDays(report!).get(id)!;
        return { id, sent, accepted, refused };
      }),
    );
  });

  test('each bureau has one file, and the ledger counts what the bureau counts', async () => {
    const { concord, report, exchanges } = await recovery();
    expect(
      atBureaus(concord).map(({ id, inbox, arrivals, tradelines }) => ({
        ...{ id, inbox, held: Object.keys(tradelines).length },
        arrivals: arrivals.map(({ content: _, ...arrival }) => arrival),
      })),
    ).toEqual(
      CONNECTORS.map(({ id }) => {
        const { sent, accepted, refused } = connectorDays(report!).get(id)!;
        const name: unknown = expect.stringMatching(/^[A-Z]{4}202610150001\.m2$/);
        const arrival = { name, result: 'processed', records: sent, accepted, refused };
        return { id, inbox: [name], held: accepted, arrivals: [arrival] };
      }),
    );
    expect(bureauExchanges(exchanges)).toEqual(
      CONNECTORS.flatMap(({ id }) => [`${id} in applied`, `${id} out answered`]).sort(),
    );
  });
});

test.each(AFTER_DATABASE_MS)('killed %i ms after the database was made: the next start goes on', async (ms) => {
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
