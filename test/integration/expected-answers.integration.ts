import { describe, expect, test } from '@jest/globals';
import { listAlerts } from '@concord/core/alerts/alert-reads';
import { PartnerReach } from '@concord/core/alerts/partner-reach';
import { Watch } from '@concord/core/alerts/watch/watch';
import { jurisdictionFile } from '@concord/core/configuration/jurisdiction-file';
import { AgencySuite } from '../support/agency-suite.js';
import { HARBOR, withAgencies } from '../support/test-agencies.js';
import { TODAY } from '../support/test-office.js';

/** Mondays and what follows them; Concord sends on TODAY, a Monday, and the agency has two business days to answer. */
const TUESDAY = '2026-03-17';
const WEDNESDAY = '2026-03-18';
const THURSDAY = '2026-03-19';

const suite = new AgencySuite({
  acknowledgementWithinMinutes: 90,
  expects: [{ file: 'agency-payments', every: 'business-day', by: '18:00', graceMinutes: 30 }],
});

/** What the watch finds, as of now or at the end of a business date that is run ahead. */
async function look(atLeast?: string): Promise<void> {
  const { database, agencies, office } = suite;
  const reach = new PartnerReach(database.connectors, office.clock);
  await new Watch(database.connectors, agencies.registry, reach, office.clock).look(atLeast);
}

const standing = (cause: 'answer-missing' | 'file-missing', connector = HARBOR) =>
  listAlerts(suite.database.gateway, { standing: true, cause, connector });

/** The wall of the office, which is in Chicago: five hours behind UTC in these days. */
function clock(date: string, time: string): void {
  suite.office.clock.set(new Date(Date.parse(`${date}T${time}:00Z`) + 5 * 3_600_000).toISOString());
}

/** Places debts and leaves the files unanswered. */
async function sendWithoutAnswer(cutoffKey: string, count = 1) {
  const debts = [];
  for (let made = 0; made < count; made += 1) debts.push(await suite.referred());
  await suite.agencies.cutoff(cutoffKey);
  return debts;
}

describe('An answer', () => {
  test('is missing from the end of the day on which it was due, and not before', async () => {
    await sendWithoutAnswer('monday');
    clock(TODAY, '11:00');
    await look();
    clock(WEDNESDAY, '23:59');
    await look();
    expect((await standing('answer-missing')).map(({ details }) => missingOf(details))).toEqual([['acknowledgement']]);
    clock(THURSDAY, '00:00');
    await look();
    expect((await standing('answer-missing')).map(({ details }) => missingOf(details))).toEqual([['answer']]);
  });

  test('is missing at the end of a day that is run ahead of the wall', async () => {
    await sendWithoutAnswer('monday');
    await look(TUESDAY);
    expect(missingOf((await standing('answer-missing'))[0]!.details)).toEqual(['acknowledgement']);
    await look(WEDNESDAY);
    expect(missingOf((await standing('answer-missing'))[0]!.details)).toEqual(['answer']);
  });

  test('that is missing of several files is one alert, which names them, the oldest first, until all have come', async () => {
    const first = await sendWithoutAnswer('monday');
    clock(TODAY, '12:00');
    const second = await sendWithoutAnswer('later');
    clock(THURSDAY, '09:00');
    await look();
    await look();
    const [alert, ...others] = await standing('answer-missing');
    expect(others).toEqual([]);
    const files = alert!.details['files'] as { file: string }[];
    expect(files).toHaveLength(2);
    expect(alert!.message.indexOf(files[0]!.file)).toBeGreaterThan(-1);
    expect(alert!.message.indexOf(files[0]!.file)).toBeLessThan(alert!.message.indexOf(files[1]!.file));
    expect(alert!.times).toBe(2);

    await suite.agencies.acknowledges(first);
    await look();
    expect((await standing('answer-missing'))[0]!.details).toMatchObject({ count: 1, files: [files[1]] });
    await suite.agencies.acknowledges(second);
    await look();
    expect(await standing('answer-missing')).toEqual([]);
  });

  test('is not missing when the partner spoke of every record in time', async () => {
    const debts = await sendWithoutAnswer('monday', 2);
    clock(TODAY, '10:30');
    await suite.agencies.acknowledges(debts);
    clock(THURSDAY, '12:00');
    await look();
    expect(await standing('answer-missing')).toEqual([]);
  });

  test('is not expected from a partner that is off', async () => {
    await sendWithoutAnswer('monday');
    clock(THURSDAY, '09:00');
    await look();
    expect(await standing('answer-missing')).toHaveLength(1);
    await suite.agencies.setMode('off');
    await look();
    expect(await standing('answer-missing')).toEqual([]);
  });
});

describe('An acknowledgement', () => {
  test('is missing after its minutes, and no more once anything was said of the file', async () => {
    const [first] = await sendWithoutAnswer('monday', 2);
    clock(TODAY, '11:29');
    await look();
    expect(await standing('answer-missing')).toEqual([]);
    clock(TODAY, '11:30');
    await look();
    const [alert] = await standing('answer-missing');
    expect(missingOf(alert!.details)).toEqual(['acknowledgement']);
    await suite.agencies.acknowledges([first!]);
    await look();
    expect(await standing('answer-missing')).toEqual([]);
  });
});

describe('A file that the partner leaves every business day', () => {
  const leaves = (date: string, name?: string) => suite.agencies.says('agency-payments', [], HARBOR, date, name);

  test('is missing after its hour and the grace, and over when it comes', async () => {
    clock(TODAY, '18:29');
    await look();
    expect(await standing('file-missing')).toEqual([]);
    clock(TODAY, '18:30');
    await look();
    const [alert] = await standing('file-missing');
    expect(alert).toMatchObject({ about: 'agency-payments', connector: HARBOR, details: { expectedOn: [TODAY] } });
    clock(TODAY, '19:00');
    await leaves(TODAY);
    await look();
    expect(await standing('file-missing')).toEqual([]);
  });

  test('came also when its bytes are those of another day', async () => {
    clock(TODAY, '12:00');
    await leaves(TODAY, 'APAY-a.txt');
    const before = suite.agencies.channels[HARBOR]!;
    const bytes = await contentOf();
    clock(TUESDAY, '12:00');
    before.files.set('/outbox/APAY-a.txt', bytes);
    await suite.agencies.collect(HARBOR, TUESDAY);
    expect(
      await suite.database.asOwner(
        `select 1 from exchange.exchange where direction = 'in' and kind = 'agency-payments'`,
      ),
    ).toHaveLength(1);
    clock(TUESDAY, '20:00');
    await look();
    expect(await standing('file-missing')).toEqual([]);
    clock(WEDNESDAY, '20:00');
    await look();
    expect(await standing('file-missing')).toHaveLength(1);
  });

  test('is looked for at the end of a day that is run ahead of the wall', async () => {
    await leaves(TODAY);
    await look(TODAY);
    expect(await standing('file-missing')).toEqual([]);
    await look(TUESDAY);
    expect(await standing('file-missing')).toHaveLength(1);
    await leaves(TUESDAY);
    await look(TUESDAY);
    expect(await standing('file-missing')).toEqual([]);
  });

  /** The bytes of the file that came, as the agency wrote them: an empty list looks the same every day. */
  async function contentOf(): Promise<Buffer> {
    const channel = suite.agencies.channels[HARBOR]!;
    const put = channel.files.set.bind(channel.files);
    let written: Buffer = Buffer.alloc(0);
    channel.files.set = (path, bytes) => {
      written = bytes;
      return put(path, bytes);
    };
    await leaves(TODAY, 'APAY-a.txt');
    channel.files.set = put;
    return written;
  }
});

test('a file that the plugin does not read is not expected', async () => {
  const office = { country: 'US', currency: 'USD', timeZone: 'America/Chicago', title: 'T' };
  const expects = [{ file: 'tradelines', every: 'business-day', by: '18:00' }];
  const entries = await withAgencies({ expects, id: 'fresh' });
  const { connectors } = jurisdictionFile.parse({
    ...office,
    holidays: { country: 'US' },
    weekend: [6, 7],
    ...entries,
    connectors: entries.connectors.slice(0, 1),
  });
  const jurisdiction = { ...suite.office.jurisdiction, connectors };
  const registry = suite.agencies.registryOf(jurisdiction);
  await expect(registry.propose()).rejects.toThrow('its plugin reads no tradelines');
});

function missingOf(details: Readonly<Record<string, unknown>>): string[] {
  return (details['files'] as { missing: string }[]).map(({ missing }) => missing);
}
