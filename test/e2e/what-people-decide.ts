import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { agencyDo, setFaults } from '../partners/launch.js';
import type { AgencyCommand } from '../partners/launch.js';
import { pause } from '../support/processes.js';
import type { Ended } from '../support/processes.js';
import { AgencyAccount } from './agency.js';
import type { Api, DebtView } from './api.js';
import type { Installation } from './installation.js';
import { changeLimits } from './limits-by-hand.js';

const AGENCY = 'harbor';
const BECAUSE = ['--reason', 'an end-to-end test'];
const WITHIN_MS = 60_000;
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Whatever step the file has come to when the command looks: it goes on by itself. */
const GOES_ON = '(choosing|released|archived|delivered|answered)';

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly file: string | null;
  readonly delivery: string | null;
}

interface Quarantined {
  readonly exchange: string;
  readonly sequence: number;
  readonly finding: { readonly naturalKey: string; readonly amountMinor: number } & Record<string, unknown>;
}

interface InSuspense {
  readonly id: string;
  readonly amountMinor: number;
}

/**
 * Registers tests of what an officer decides by the command line about files, records and money of one agency, each once
 * for machines and once for people.
 *
 * @param at the office, the day that was run there, and the API of the instance that runs
 */
export function peopleDecide(
  concord: Installation,
  at: { readonly office: string; readonly date: string; readonly api: () => Api },
): void {
  const { office, date, api } = at;
  const connector = `${office}-${AGENCY}`;
  const partner = join(concord.data, 'partners', AGENCY);
  /** Debts that stay with the office: no strategy gives them to anybody. */
  let own: DebtView[];

  beforeAll(async () => {
    const all = (await api().debts(office)) as DebtView[];
    own = all.filter(({ type, balanceMinor }) => /tax|library/.test(type) && balanceMinor > 5_000);
  });

  const said = async (parameters: readonly string[]): Promise<string> => {
    const { code, stdout, stderr }: Ended = await concord.run(parameters);
    if (code !== 0) throw new Error(`concord ${parameters.join(' ')} ended with ${code}: ${stderr}`);
    return stdout.trimEnd();
  };
  const files = (query: string): Promise<Listed[]> => api().get(`/exchanges?connector=${connector}&${query}`);
  const held = async (): Promise<string> => {
    const waiting = await files('state=held');
    expect(waiting).toMatchObject([{ kind: 'placements' }]);
    return waiting[0]!.id;
  };
  const refer = (debt: DebtView): Promise<unknown> =>
    api().post('/referrals', { debtId: debt.id, act: 'place', connectorId: connector });

  async function uncertain(): Promise<Listed> {
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; await pause(200)) {
      const found = (await files('direction=out')).find(({ delivery }) => delivery === 'presumed-collected');
      if (found) return found;
    }
    throw new Error('every file was seen to arrive');
  }

  async function answered(id: string): Promise<string> {
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; await pause(200)) {
      const { state, file } = await api().get<Listed>(`/exchanges/${id}`);
      if (state === 'answered') return file!;
    }
    throw new Error(`the file ${id} is not answered`);
  }

  describe('files that wait for a person', () => {
    beforeAll(() => changeLimits(concord, connector, { adverse: 0 }));
    afterAll(() => changeLimits(concord, connector, null));

    test('exchange run and cancel: the files of a run, and one of them given up', async () => {
      await refer(own[0]!);
      const { exchanges } = await concord.json<{ exchanges: string[] }>(['exchange', 'run', connector]);
      const first = await held();
      expect(exchanges).toContain(first);
      expect(await concord.json(['exchange', 'cancel', first, ...BECAUSE])).toEqual({ state: 'cancelled' });

      const lines = (await said(['exchange', 'run', connector])).split('\n');
      const second = await held();
      expect(lines).toContain(second);
      expect(lines.filter((line) => !new RegExp(`^${ID}$`).test(line))).toEqual([]);
      expect(await said(['exchange', 'cancel', second, ...BECAUSE])).toBe('It is cancelled now.');
      expect(await files('state=held')).toEqual([]);
    });

    test('exchange release: the file goes on and reaches the agency', async () => {
      const account = new AgencyAccount(concord.data, AGENCY, office);
      for (const [index, debt] of own.slice(0, 2).entries()) {
        if (index > 0) await refer(debt);
        await api().post(`/connectors/${connector}/run`, {});
        const id = await held();
        expect(account.holding(debt)).toBeUndefined();
        const release = ['exchange', 'release', id, ...BECAUSE];
        if (index === 0) {
          expect(await concord.json(release)).toEqual({ state: expect.stringMatching(`^${GOES_ON}$`) });
        } else {
          expect(await said(release)).toMatch(new RegExp(`^It is ${GOES_ON} now\\.$`));
        }
        await answered(id);
        expect(account.holding(debt)).toBeDefined();
      }
    });
  });

  test('exchange resend: the same file once more, for each command', async () => {
    const [sent] = (await files('state=answered&direction=out')).filter(({ kind }) => kind === 'placements');
    const { id, file } = sent!;
    // The agency has taken its copy, and leaves ours where it is.
    const take = () => rmSync(join(partner, 'accounts', office, 'inbox', file!));
    take();
    const { files: resent } = await concord.json<{ files: object[] }>(['exchange', 'resend', id, ...BECAUSE]);
    expect(resent).toEqual([
      {
        ...{ exchangeId: id, fileName: file, state: 'resent', resentAs: expect.stringMatching(ID) },
        ...{ records: expect.any(Number), bytes: expect.any(Number) },
      },
    ]);
    take();
    const table = await said(['exchange', 'resend', id, ...BECAUSE]);
    expect(table).toMatch(/File.*Records.*Bytes.*Exchange.*Sent again as.*State/);
    expect(table).toMatch(new RegExp(`${file}\\W.*\\W${id}\\W.*\\W${ID}\\W.*\\Wresent\\W`));
    const arrived = () =>
      new AgencyAccount(concord.data, AGENCY, office).arrivals().filter(({ name }) => name === file);
    for (const until = Date.now() + WITHIN_MS; arrived().length < 3 && Date.now() < until;) await pause(100);
    expect(arrived().map(({ result }) => result)).toEqual(['processed', 'duplicate', 'duplicate']);
  });

  test('exchange decide: whether a file arrived of which nobody saw it', async () => {
    const silent = { silent: true };
    try {
      for (const [index, decision] of (['arrived', 'not-arrived'] as const).entries()) {
        await refer(own[3 + index]!);
        setFaults(partner, { ...silent, collectAtOnce: true, dropAfterRename: true });
        await concord.json(['exchange', 'run', connector]);
        const { id, file } = await uncertain();
        setFaults(partner, silent);
        const decide = ['exchange', 'decide', id, decision, ...BECAUSE];
        if (decision === 'arrived') expect(await concord.json(decide)).toEqual({ state: 'delivered' });
        else expect(await said(decide)).toMatch(new RegExp(`^It is ${GOES_ON} now\\.$`));
        expect(await api().get<Listed>(`/exchanges/${id}`)).toMatchObject({ file });
        setFaults(partner, {});
        await answered(id);
      }
    } finally {
      setFaults(partner, {});
    }
  });

  test('exchange replay: a file that had its effect has none again', async () => {
    const [remittance] = (await files('state=applied&direction=in')).filter(({ kind }) => kind === 'agency-payments');
    const replay = ['exchange', 'replay', remittance!.id, ...BECAUSE];
    const counts = await concord.json<{ statements: number }>(replay);
    expect(counts.statements).toBeGreaterThan(0);
    expect(counts).toEqual({ ...counts, already: counts.statements, applied: 0, unmatched: 0, quarantined: 0 });
    expect((await said(replay)).split('\n')).toEqual([
      `${counts.statements} statements, of which ${counts.statements} had their effect before.`,
      '0 have their effect now.',
    ]);
  });

  describe('what an agency remits that can not be posted', () => {
    const UNKNOWN = '999999901';
    const AMOUNTS = [1_100, 2_200];

    beforeAll(async () => {
      const account = { fileNumber: UNKNOWN, account: 'NOBODYS', placedOn: date, placedMinor: 90_000 };
      const commands: AgencyCommand[] = [
        { do: 'contradict', date },
        { do: 'adopt', accounts: [{ ...account, balanceMinor: 90_000 }] },
        ...AMOUNTS.map((amountMinor) => ({ do: 'collect' as const, date, fileNumber: UNKNOWN, amountMinor })),
        { do: 'remit', date },
        { do: 'contradict', date },
      ];
      for (const command of commands) {
        expect(await agencyDo(partner, office, command, WITHIN_MS)).toMatchObject({ done: true });
      }
      await concord.json(['day', '--date', date, '--jurisdiction', office]);
    });

    test('suspense match: posted to the debt that it was meant for', async () => {
      const waiting = await concord.json<InSuspense[]>(['suspense', 'list', '--jurisdiction', office]);
      const [one, other] = AMOUNTS.map((amount) => waiting.find(({ amountMinor }) => amountMinor === amount)!);
      const { id: debtId, number, balanceMinor: before } = own[2]!;
      const matched = await concord.json(['suspense', 'match', one!.id, '--debt', `${number}`]);
      const balanceMinor = before - one!.amountMinor;
      expect(matched).toEqual({ entryId: expect.stringMatching(ID), debtId, balanceMinor, currency: 'USD' });
      const left = ((balanceMinor - other!.amountMinor) / 100).toLocaleString('en', { minimumFractionDigits: 2 });
      expect(await said(['suspense', 'match', other!.id, '--debt', debtId])).toBe(
        `Posted. The balance of the debt is $${left} now.`,
      );
      const ids = [one!.id, other!.id];
      const open = await api().get<InSuspense[]>(`/suspense?jurisdiction=${office}`);
      expect(open.filter(({ id }) => ids.includes(id))).toEqual([]);
    });

    test('quarantine mend: applied as a further record of its file', async () => {
      const waiting = await concord.json<Quarantined[]>(['quarantine', 'list', '--connector', connector]);
      expect(waiting).toHaveLength(2);
      for (const [index, { exchange, sequence, finding }] of waiting.entries()) {
        const file = concord.path(`finding-${index}.json`);
        // The dollar more than the agency said before.
        const right = { ...finding, naturalKey: `${finding.naturalKey}-more`, amountMinor: 100, commissionMinor: 0 };
        writeFileSync(file, JSON.stringify(right));
        const mend = ['quarantine', 'mend', exchange, `${sequence}`, '--finding', file, ...BECAUSE];
        if (index === 0) {
          const place = await concord.json<{ sequence: number }>(mend);
          expect(place).toEqual({ status: 'mended', sequence: expect.any(Number) });
          expect(place.sequence).toBeGreaterThan(sequence);
        } else {
          expect(await said(mend)).toMatch(
            new RegExp(`^Place ${sequence} is mended: it was applied as place \\d+\\.$`),
          );
        }
      }
      expect(await api().get(`/quarantine?connector=${connector}`)).toEqual([]);
    });
  });
}
