import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import SftpClient from 'ssh2-sftp-client';
import type { LaunchedBureau } from '../launch.ts';
import { launchBureau, setAccount, setFaults } from '../launch.ts';
import { account, coDebtor, creditor, file } from './sample-file.ts';

const USER = 'raleigh';
const PASSWORD = 'correct horse';

let state: string;
let bureau: LaunchedBureau;

before(async () => {
  state = mkdtempSync(join(tmpdir(), 'bureau-'));
  setAccount(state, USER, PASSWORD);
  bureau = await launchBureau(state, 'north');
});

after(async () => {
  await bureau.stop();
  rmSync(state, { recursive: true, force: true });
});

afterEach(() => setFaults(state, {}));

async function connected<T>(act: (client: SftpClient) => Promise<T>, password = PASSWORD, user = USER): Promise<T> {
  const client = new SftpClient('test', { error: () => {}, end: () => {}, close: () => {} });
  const { port, hostKey } = bureau;
  const hostVerifier = (key: Buffer): boolean => fingerprint(key) === hostKey;
  try {
    await client.connect({ host: '127.0.0.1', port, username: user, password, hostVerifier, readyTimeout: 5_000 });
    // Small packets would otherwise wait for the other side's delayed acknowledgement, forty milliseconds a reply.
    (client as unknown as { client: { setNoDelay(on: boolean): void } }).client.setNoDelay(true);
    return await act(client);
  } finally {
    await client.end().catch(() => false);
  }
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

async function deliver(name: string, bytes: Buffer, user = USER): Promise<void> {
  await connected(
    async (client) => {
      await client.put(bytes, `/inbox/${name}.tmp`);
      await client.rename(`/inbox/${name}.tmp`, `/inbox/${name}`);
    },
    PASSWORD,
    user,
  );
}

async function until<T>(what: string, find: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(25)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

interface Answer {
  readonly header: string;
  readonly details: readonly string[];
  readonly trailer: string;
}

/** Takes an answer away, as a client does. */
function collect(name: string): Promise<string> {
  return connected((client) =>
    until(`answer ${name}`, async () => {
      if ((await client.exists(`/outbox/${name}`)) === false) return undefined;
      const bytes = await client.get(`/outbox/${name}`);
      await client.delete(`/outbox/${name}`);
      return bytes.toString('latin1');
    }),
  );
}

async function answerTo(name: string): Promise<Answer> {
  const lines = (await collect(`${name}.rej`)).split('\n');
  assert.equal(lines.pop(), '', 'the last record ends with a line feed');
  for (const line of lines) assert.equal(line.length, 140);
  return { header: lines[0] ?? '', details: lines.slice(1, -1), trailer: lines.at(-1) ?? '' };
}

interface Arrival {
  readonly name: string;
  readonly result: string;
  readonly sha256: string;
  readonly copy: string;
  readonly reason: string | null;
}

function arrivals(name: string): Arrival[] {
  const path = join(state, 'received', `${USER}.jsonl`);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Arrival).filter((arrival) => arrival.name === name);
}

interface BooksOnDisk {
  readonly tradelines: { readonly [account: string]: { readonly [field: string]: unknown } | undefined };
  readonly history: { readonly [account: string]: readonly { readonly [field: string]: unknown }[] | undefined };
}

function books(): BooksOnDisk {
  return JSON.parse(readFileSync(join(state, 'books', `${USER}.json`), 'utf8')) as BooksOnDisk;
}

/** Account numbers that the made-up edit spares, and one that it hits, by its rule in README.md. */
function isHit(number: string): boolean {
  return createHash('sha256').update(number).digest().readUInt32BE(0) % 37 === 0;
}
let nextAccount = 700_001;
function spared(): string {
  do nextAccount++;
  while (isHit(String(nextAccount)));
  return String(nextAccount);
}
function hit(): string {
  do nextAccount++;
  while (!isHit(String(nextAccount)));
  return String(nextAccount);
}

describe('files', () => {
  test('a valid file is answered, kept and taken into the books', async () => {
    const [first, second, unlucky] = [spared(), spared(), hit()];
    const withCoDebtor = account(second, {}, coDebtor() + creditor());
    const bytes = file([account(first), withCoDebtor, account(unlucky)], {
      '39-47': 1,
      '363-371': 1,
      '381-389': 1,
    });
    await deliver('CITY.20261102.001', bytes);
    const { header, details, trailer } = await answerTo('CITY.20261102.001');
    assert.equal(header.slice(0, 97), `H20261102${'CITY.20261102.001'.padEnd(60)}000000003000000002000000001A`);
    assert.equal(details.length, 1);
    assert.equal(
      details[0]?.slice(0, 76),
      `D000000004${unlucky.padEnd(30)}${'Consumer Account Number'.padEnd(30)}MADEUP`,
    );
    assert.equal(trailer.trimEnd(), 'T000000001');

    const { tradelines, history } = books();
    assert.equal(tradelines[first]?.status, '93');
    assert.equal(tradelines[first]?.currentBalance, 512);
    assert.equal(tradelines[first]?.originalCreditor, 'CITY OF RALEIGH');
    assert.equal(tradelines[first]?.dateFirstDelinquency, '2025-11-30');
    assert.equal(tradelines[second]?.associatedConsumers, 1);
    assert.equal(tradelines[unlucky], undefined);
    assert.equal(history[unlucky], undefined);
    const { content, ...told } = history[first]?.[0] ?? {};
    assert.equal(typeof content, 'string');
    assert.deepEqual(told, {
      fileName: 'CITY.20261102.001',
      date: '2026-11-02',
      status: '93',
      complianceConditionCode: '',
      consumerInformationIndicator: '',
      specialComment: '',
      currentBalance: 512,
      dateAccountInformation: '2026-10-31',
    });
    const [arrival] = arrivals('CITY.20261102.001');
    assert.equal(arrival?.result, 'processed');
    assert.equal(arrival.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual(readFileSync(join(state, 'received', USER, arrival.copy)), bytes);
  });

  test('the same name and bytes again are answered again and change nothing', async () => {
    const number = spared();
    const bytes = file([account(number)]);
    await deliver('AGAIN', bytes);
    const first = await collect('AGAIN.rej');
    const before = books();
    await connected(async (client) => {
      await client.delete('/inbox/AGAIN');
    });
    await deliver('AGAIN', bytes);
    assert.equal(await collect('AGAIN.rej'), first);
    assert.deepEqual(books(), before);
    assert.deepEqual(
      arrivals('AGAIN').map(({ result }) => result),
      ['processed', 'duplicate'],
    );
  });

  test('a file written under its final name is complete when it is closed', async () => {
    await connected((client) => client.put(file([account(spared())]), '/inbox/DIRECT'));
    assert.equal((await answerTo('DIRECT')).header[96], 'A');
  });

  test('paid, marked, corrected and deleted accounts', async () => {
    const [paid, disputed, deleted] = [spared(), spared(), spared()];
    await deliver('LIFE1', file([account(paid), account(disputed, { '153-154': 'XB' }), account(deleted)]));
    await answerTo('LIFE1');
    const closed = { '124-125': '62', '155-163': 0, '164-172': 0 };
    await deliver('LIFE2', file([account(paid, closed), account(disputed), account(deleted, { '124-125': 'DA' })]));
    const { header } = await answerTo('LIFE2');
    assert.equal(header.slice(69, 97), '000000003000000003000000000A');
    const { tradelines, history } = books();
    assert.equal(tradelines[paid]?.paid, true);
    assert.equal(tradelines[disputed]?.complianceConditionCode, 'XB', 'the code sticks');
    assert.equal(tradelines[deleted], undefined);
    assert.deepEqual(
      history[deleted]?.map(({ status, fileName }) => [status, fileName]),
      [
        ['93', 'LIFE1'],
        ['DA', 'LIFE2'],
      ],
    );
    await deliver('LIFE3', file([account(disputed, { '153-154': 'XR' })]));
    await answerTo('LIFE3');
    assert.equal(books().tradelines[disputed]?.complianceConditionCode, '');
  });

  const whole: readonly (readonly [title: string, bytes: Buffer, reason: RegExp])[] = [
    ['a total of base records that is wrong', file([account('1')], { '12-20': 2 }), /^TOTAL 12-20 SAYS 2 FOUND 1/],
    ['a block count that is wrong', file([account('1')], { '57-65': 1 }), /^TOTAL 57-65 SAYS 1 FOUND 3/],
    ['a status total that is wrong', file([account('1')], { '219-227': 0 }), /^TOTAL 219-227 SAYS 0 FOUND 1/],
    ['an SSN total that is wrong', file([account('1')], { '327-335': 5 }), /^TOTAL 327-335 SAYS 5 FOUND 1/],
    ['a K1 total that is wrong', file([account('1')], { '282-290': 0 }), /^TOTAL 282-290/],
    ['a total that is blank', file([account('1')], { '264-272': ' '.repeat(9) }), /^TOTAL 264-272 IS NOT A NUMBER/],
    ['a record descriptor word that lies', file([account('1', { '1-4': '0426' })]), /^LINE 2: RDW 0426 BUT 460 BYTES/],
    [
      'segments in the wrong order',
      file([account('1', {}, creditor() + coDebtor())]),
      /^LINE 2: SEGMENT J1 OUT OF ORDER/,
    ],
    ['a segment that nobody knows', file([account('1', {}, 'Q1'.padEnd(34))]), /^LINE 2: NO SEGMENT AT BYTE 427/],
    ['a segment twice', file([account('1', {}, creditor() + creditor())]), /^LINE 2: SEGMENT K1 OUT OF ORDER/],
    ['no trailer', file([account('1')]).subarray(0, 427 + 461), /^NO TRAILER/],
    ['a file cut in a record', file([account('1')]).subarray(0, 700), /^LINE 2: RDW 0460 BUT 273 BYTES/],
    ['no header', file([account('1')]).subarray(427), /^LINE 1: NO HEADER/],
    ['an empty file', Buffer.alloc(0), /^FILE IS EMPTY/],
    ['hostile bytes', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 37) % 256)), /^LINE 1: /],
  ];
  for (const [index, [title, bytes, reason]] of whole.entries()) {
    test(`refuses a whole file with ${title}`, async () => {
      const name = `WHOLE${index}`;
      const before = existsSync(join(state, 'books', `${USER}.json`)) ? books() : undefined;
      await deliver(name, bytes);
      const { header, details } = await answerTo(name);
      assert.equal(header[96], 'R');
      assert.equal(header.slice(78, 87), '000000000');
      assert.match(header.slice(97), reason);
      assert.equal(details.length, 0);
      if (before !== undefined) assert.deepEqual(books(), before);
      assert.equal(arrivals(name)[0]?.result, 'refused');
    });
  }

  const faulty: readonly (readonly [field: string, code: string, line: (number: string) => string, totals?: object])[] =
    [
      ['Surname', 'REQ001', (number) => account(number, { '232-256': '' })],
      ['Date First Delinquency', 'DATE02', (number) => account(number, { '190-197': 0 })],
      ['K1 Original Creditor Name', 'K10001', (number) => account(number, {}, '')],
      ['Account Status', 'CODE01', (number) => account(number, { '124-125': '99' })],
      ['Social Security Number', 'IDENT1', (number) => account(number, { '298-306': 0 })],
      ['State', 'CODE01', (number) => account(number, { '414-415': 'ZZ' })],
      ['Date Opened', 'DATE01', (number) => account(number, { '76-83': '02302026' })],
      ['Date Opened', 'DATE03', (number) => account(number, { '76-83': '11032026' })],
      ['City', 'CHAR02', (number) => account(number, { '394-413': 'Raleigh' })],
      ['Current Balance', 'NUM001', (number) => account(number, { '155-163': '   512.50' })],
      ['Payment Rating', 'CONS01', (number) => account(number, { '126': 'G' })],
      ['Payment History Profile', 'CODE01', (number) => account(number, { '127-150': '' })],
      ['Surname', 'CHAR01', (number) => account(number, { '232-256': 'MU\u00d1OZ' })],
      ['Current Balance', 'CONS05', (number) => account(number, { '124-125': '62', '164-172': 0 })],
      ['K1 Creditor Classification', 'CODE01', (number) => account(number, {}, creditor('CITY', '44'))],
    ];
  test('refuses faulty records one by one, and takes their neighbours', async () => {
    const good = spared();
    const numbers = faulty.map(() => spared());
    const lines = faulty.map(([, , line], index) => line(numbers[index] ?? ''));
    await deliver('FAULTY', file([...lines, account(good)]));
    const { header, details } = await answerTo('FAULTY');
    assert.equal(header[96], 'A', header.slice(97));
    const told = details.map((line) => [
      line.slice(1, 10),
      line.slice(10, 40).trim(),
      line.slice(40, 70).trim(),
      line.slice(70, 76),
    ]);
    const due = faulty.map(([field, code], index) => [String(index + 2).padStart(9, '0'), numbers[index], field, code]);
    assert.deepEqual(told, due);
    assert.equal(books().tradelines[good]?.status, '93');
    for (const number of numbers) assert.equal(books().tradelines[number], undefined);
  });

  test('takes a deletion without the data that a placement needs', async () => {
    const number = spared();
    await deliver('BARE', file([account(number, { '124-125': 'DA', '232-256': '', '298-306': 0, '414-415': '' }, '')]));
    assert.equal((await answerTo('BARE')).header.slice(78, 97), '000000001000000000A');
  });

  test('refuses an account that is in the file twice', async () => {
    const number = spared();
    await deliver('TWICE', file([account(number), account(number, { '155-163': 1 })]));
    assert.equal((await answerTo('TWICE')).details[0]?.slice(70, 76), 'KEY004');
    assert.equal(books().tradelines[number]?.currentBalance, 512);
  });

  test('the made-up edit can be moved, and spares content that was taken before', async () => {
    const number = hit();
    setFaults(state, { refuseEvery: 0 });
    await deliver('WHIM1', file([account(number)]));
    assert.equal((await answerTo('WHIM1')).details.length, 0);
    setFaults(state, { refuseEvery: 1 });
    await deliver('WHIM2', file([account(number), account(spared())]));
    assert.equal((await answerTo('WHIM2')).details.length, 1);
    setFaults(state, {});
    await deliver('WHIM3', file([account(number, { '155-163': 5 })]));
    assert.equal((await answerTo('WHIM3')).details.length, 1);
  });
});

describe('the front door', () => {
  test('refuses wrong passwords and unknown users, and admits an account that appears later', async () => {
    await assert.rejects(connected(async () => {}, 'wrong'));
    await assert.rejects(connected(async () => {}, PASSWORD, '__proto__'));
    await assert.rejects(connected(async () => {}, PASSWORD, 'late'));
    setAccount(state, 'late', PASSWORD);
    const names = await connected((client) => client.list('/'), PASSWORD, 'late');
    assert.deepEqual(names.map(({ name }) => name).sort(), ['inbox', 'outbox']);
  });

  test('lets no path out of the home folder', async () => {
    const secret = join(state, 'accounts.json');
    symlinkSync(state, join(state, 'accounts', USER, 'link'));
    await connected(async (client) => {
      for (const path of [
        '../../accounts.json',
        '/../../../accounts.json',
        '/inbox/../../../accounts.json',
        secret,
        'link/accounts.json',
      ]) {
        await assert.rejects(client.get(path), path);
      }
      for (const path of ['/inbox/../../../planted', 'link/planted'])
        await client.put(Buffer.from('x'), path).catch(() => '');
      assert.equal(existsSync(join(state, 'planted')), false);
      assert.equal(existsSync(join(state, '..', 'planted')), false);
      for (const name of ['a\u0000b', 'a\nb', 'a\\b', 'x'.repeat(250)]) {
        await assert.rejects(client.put(Buffer.from('x'), `/inbox/${name}`), JSON.stringify(name));
      }
      await assert.rejects(client.rename('/inbox', '/elsewhere'));
      assert.equal(await client.realPath('/inbox/../../..'), '/');
      assert.equal(
        (await client.list('/')).some(({ name }) => name === 'link'),
        false,
      );
    });
    rmSync(join(state, 'accounts', USER, 'link'));
  });

  test('a rename does not replace a file', async () => {
    await connected(async (client) => {
      await client.put(Buffer.from('1'), '/one.tmp');
      await client.put(Buffer.from('2'), '/two.tmp');
      await assert.rejects(client.rename('/one.tmp', '/two.tmp'));
      assert.equal((await client.get('/two.tmp')).toString(), '2');
      assert.equal((await client.stat('/one.tmp')).size, 1);
      await client.mkdir('/folder');
      assert.equal(await client.exists('/folder'), 'd');
    });
  });

  test('serves several connections at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `MANY${index}`);
    await Promise.all(names.map((name) => deliver(name, file([account(spared())]))));
    const answers = await Promise.all(names.map(answerTo));
    assert.deepEqual(
      answers.map(({ header }) => header[96]),
      names.map(() => 'A'),
    );
  });
});

describe('faults', () => {
  test('a silent bureau answers when it is told to speak again', async () => {
    setFaults(state, { silent: true });
    await deliver('SILENT', file([account(spared())]));
    await until('judgement', () => arrivals('SILENT')[0]);
    await sleep(300);
    assert.equal(existsSync(join(state, 'accounts', USER, 'outbox', 'SILENT.rej')), false);
    setFaults(state, {});
    assert.equal((await answerTo('SILENT')).header[96], 'A');
  });

  test('a slow bureau answers later', async () => {
    setFaults(state, { answerDelayMs: 800 });
    const began = Date.now();
    await deliver('SLOW', file([account(spared())]));
    await answerTo('SLOW');
    assert.ok(Date.now() - began >= 800);
  });

  test('answers that lie, break off or come twice', async () => {
    setFaults(state, { wrongDetailCount: true });
    await deliver('LIES', file([account(spared())]));
    assert.equal((await answerTo('LIES')).trailer.trimEnd(), 'T000000001');
    setFaults(state, { truncateAnswer: true });
    await deliver('CUT', file([account(spared())]));
    assert.ok(!(await collect('CUT.rej')).endsWith('\n'));
    setFaults(state, { duplicateAnswer: true });
    await deliver('DOUBLE', file([account(spared())]));
    assert.equal(await collect('DOUBLE.rej'), await collect('DOUBLE.copy.rej'));
  });

  test('the connection dies while a file is sent, once, and nothing arrives', async () => {
    const bytes = file(Array.from({ length: 200 }, () => account(spared())));
    setFaults(state, { dropConnectionAfterBytes: 40_000 });
    await assert.rejects(deliver('DROPPED', bytes));
    assert.equal(statSync(join(state, 'accounts', USER, 'inbox', 'DROPPED.tmp')).size, 40_000);
    assert.deepEqual(JSON.parse(readFileSync(join(state, 'faults.json'), 'utf8')), {});
    await deliver('DROPPED', bytes);
    await answerTo('DROPPED');
    assert.equal(arrivals('DROPPED').length, 1);
  });

  test('a direct upload that breaks off is no arrival', async () => {
    setFaults(state, { dropConnectionAfterBytes: 40_000 });
    const bytes = file(Array.from({ length: 200 }, () => account(spared())));
    await assert.rejects(connected((client) => client.put(bytes, '/inbox/BROKEN')));
    await sleep(200);
    assert.equal(arrivals('BROKEN').length, 0);
    await restart();
    await sleep(200);
    assert.equal(arrivals('BROKEN').length, 0, 'nor after a restart');
    await connected((client) => client.put(bytes, '/inbox/BROKEN'));
    assert.equal((await answerTo('BROKEN')).header[96], 'A');
  });

  test('the reply to the rename is lost: the file is there', async () => {
    setFaults(state, { dropAfterRename: true });
    await assert.rejects(deliver('LOST', file([account(spared())])));
    await connected(async (client) => assert.equal(await client.exists('/inbox/LOST'), '-'));
    assert.equal((await answerTo('LOST')).header[96], 'A');
  });

  test('the reply is lost and the file collected: neither name is there, and the answer comes', async () => {
    setFaults(state, { dropAfterRename: true, collectAtOnce: true });
    await assert.rejects(deliver('GONE', file([account(spared())])));
    await connected(async (client) => {
      assert.equal(await client.exists('/inbox/GONE'), false);
      assert.equal(await client.exists('/inbox/GONE.tmp'), false);
    });
    assert.equal((await answerTo('GONE')).header[96], 'A');
  });

  test('a wrong size is stated once', async () => {
    setFaults(state, { wrongSize: true });
    await connected(async (client) => {
      await client.put(Buffer.from('12345'), '/sized.tmp');
      assert.equal((await client.stat('/sized.tmp')).size, 4);
      assert.equal((await client.stat('/sized.tmp')).size, 5);
    });
  });

  test('logins are refused while the switch is on', async () => {
    setFaults(state, { refuseLogin: true });
    await assert.rejects(connected(async () => {}));
    setFaults(state, {});
    await connected(async () => {});
  });
});

async function restart(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const gone = new Promise((resolve) => bureau.child.once('exit', resolve));
  bureau.child.kill(signal);
  await gone;
  bureau = await launchBureau(state, 'north');
}

describe('kill and restart', () => {
  test('keeps its key and its port', async () => {
    const { port, hostKey } = bureau;
    await restart();
    assert.deepEqual([bureau.port, bureau.hostKey], [port, hostKey]);
  });

  test('processes a file that was complete when it was killed, and takes each record once', async () => {
    const bytes = file(Array.from({ length: 3_000 }, () => account(spared())));
    const probe = String(nextAccount);
    for (let attempt = 0; attempt < 6; attempt++) {
      const name = `KILLED${attempt}`;
      await deliver(name, bytes);
      await sleep(attempt * 60);
      await restart();
      assert.equal((await answerTo(name)).header[96], 'A');
      assert.deepEqual(
        arrivals(name).map(({ result }) => result),
        ['processed'],
      );
      const items = books().history[probe] ?? [];
      assert.deepEqual(items.filter(({ fileName }) => fileName === name).length, 1);
    }
  });

  test('an answer that was held back is given after the restart', async () => {
    setFaults(state, { silent: true });
    await deliver('HELD', file([account(spared())]));
    await restart('SIGTERM');
    setFaults(state, {});
    assert.equal((await answerTo('HELD')).header[96], 'A');
  });

  test('ends when whoever launched it lets go of its standard input', async () => {
    const gone = new Promise((resolve) => bureau.child.once('exit', resolve));
    bureau.child.stdin?.end();
    await gone;
    bureau = await launchBureau(state, 'north');
  });
});
