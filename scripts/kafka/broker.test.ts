import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startBroker } from './broker.ts';
import type { Broker, BrokerOptions } from './broker.ts';
import { run } from './command.ts';
import { jarsFolder, kafkaJars, kafkaVersion } from './jars.ts';
import { javaRelease } from './java.ts';
import { answers, untilAnswers } from './probe.ts';
import { logIn, secureSocket } from './sasl.test-support.ts';
import { availableBroker, testBroker } from './test-broker.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
/** The last a broker says that ends in order. */
const IN_ORDER = /Transition from SHUTTING_DOWN to SHUTDOWN/;
const JARS = join(import.meta.dirname, 'jars.ts');

const available = await availableBroker(true);
const skip = available.how === 'none' ? available.reason : false;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-kafka-'));
});

after(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a broker starts, keeps its port across an orderly restart and across a kill, and ends', { skip }, async () => {
  const ends: string[] = [];
  const broker = await shortLived({ folder: join(folder, 'restarted'), onEnd: (how) => ends.push(how) });
  try {
    const address = broker.brokers;
    const first = broker.pid;
    assert.match(address, /^127\.0\.0\.1:\d+$/);
    assert.equal(await untilAnswers(address, 120_000), undefined);

    await broker.restart();
    assert.equal(broker.brokers, address);
    assert.notEqual(broker.pid, first);
    assert.equal(await untilAnswers(address, 120_000), undefined);

    await broker.kill();
    assert.equal(broker.pid, undefined);
    assert.equal(await answers(address), false);
    await broker.restart();
    assert.equal(await untilAnswers(address, 120_000), undefined);

    await broker.pause();
    assert.equal(await answers(address, 500), false);
    await broker.resume();
    assert.equal(await untilAnswers(address, 120_000), undefined);

    await broker.stop();
    assert.equal(await answers(address), false);
    assert.deepEqual(ends, [], 'every end was asked for');
  } finally {
    await broker.kill();
  }
});

test('an end that nobody asked for is reported', { skip }, async () => {
  let report: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (report = resolve));
  const broker = await shortLived({ folder: join(folder, 'ended'), onEnd: report });
  assert.ok(broker.pid !== undefined);
  process.kill(broker.pid, 'SIGKILL');
  assert.equal(await ended, 'ended by SIGKILL');
});

test('a paused broker can be stopped', { skip }, async () => {
  const broker = await shortLived({ folder: join(folder, 'paused') });
  await broker.pause();
  await broker.stop();
  assert.match(await readFile(join(folder, 'paused', 'broker.log'), 'utf8'), IN_ORDER, 'not forced');
});

test('Java ends with its parent, even by SIGKILL', { skip }, async () => {
  const parent = spawn(process.execPath, [MAIN, '--port', '0', '--data', join(folder, 'orphan')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await firstLine(parent.stdout);
  assert.match(line, /^KAFKA_BROKERS=127\.0\.0\.1:\d+$/);
  const address = line.slice('KAFKA_BROKERS='.length);
  assert.equal(await untilAnswers(address, 120_000), undefined);
  parent.kill('SIGKILL');
  assert.equal(await eventually(async () => !(await answers(address))), true, 'nothing answers any more');
  // The lock on the data goes with the process: a second broker on the same data proves that Java is gone.
  const successor = await shortLived({ folder: join(folder, 'orphan') });
  await successor.stop();
});

test('the program ends cleanly when it is asked to', { skip }, async () => {
  const program = spawn(process.execPath, [MAIN, '--port', '0', '--data', join(folder, 'asked')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = (await firstLine(program.stdout)).slice('KAFKA_BROKERS='.length);
  const ended = new Promise((resolve) => program.once('exit', (code) => resolve(code)));
  program.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(await answers(address), false);
  const log = await readFile(join(folder, 'asked', 'broker.log'), 'utf8');
  assert.match(log, IN_ORDER);
});

test('a port in use is an error with the end of the log', { skip }, async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const taken = server.address();
  assert.ok(taken !== null && typeof taken === 'object');
  try {
    await assert.rejects(shortLived({ folder: join(folder, 'taken'), port: taken.port }), /Address already in use/);
  } finally {
    server.close();
  }
});

test('the secure listener takes its user by PLAIN and SCRAM, and nobody else', { skip }, async () => {
  const broker: Broker = await testBroker(join(folder, 'secure'), { secure: true });
  try {
    const { secure } = broker;
    assert.ok(secure !== undefined);
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-512'] as const) {
      assert.equal(await logIn(secure, mechanism, secure.password), 'in', mechanism);
      assert.equal(await logIn(secure, mechanism, 'wrong'), 'refused', mechanism);
    }
    await assert.rejects(secureSocket(secure.brokers, undefined), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    assert.equal(await answers(secure.brokers), false, 'nothing is said without encryption');

    await broker.restart();
    assert.equal(await logIn(secure, 'SCRAM-SHA-512', secure.password), 'in', 'the user is kept');
  } finally {
    await broker.stop();
  }
});

test('data made without the secure listener is not given one', { skip }, async () => {
  const plain = await shortLived({ folder: join(folder, 'plain') });
  await plain.stop();
  await assert.rejects(shortLived({ folder: join(folder, 'plain'), secure: true }), /without the secure listener/);
});

test('two processes that fetch the jars at once both end well', { skip }, async (context) => {
  if ((await run('mvn', ['--version'])).code !== 0) return context.skip('Maven is not on the path');
  const cache = join(folder, 'cache', 'concord');
  const abandoned = join(cache, `kafka-${await kafkaVersion()}.fetch-killed`);
  await mkdir(abandoned, { recursive: true });
  await utimes(abandoned, 0, 0);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const script = `import(${JSON.stringify(JARS)}).then((jars) => jars.kafkaJars()).then(console.log)`;
  const fetching = [1, 2].map(() => run(process.execPath, ['--input-type=module', '--eval', script], { env }));
  const [one, other] = await Promise.all(fetching);
  assert.equal(one?.code, 0, one?.err);
  assert.equal(other?.code, 0, other?.err);
  assert.equal(one?.out, other?.out);
  assert.deepEqual(await readdir(cache), [one?.out.trim().split('/').at(-1)]);
  const names = await readdir(one?.out.trim() ?? '');
  assert.ok(names.some((name) => name.startsWith('kafka_2.13-')));
  assert.ok(names.some((name) => name.startsWith('log4j-slf4j-impl-')));
});

test('without Maven a missing jar folder is one clear sentence', { skip }, async () => {
  const programs = join(folder, 'programs');
  await mkdir(programs);
  await symlink(process.execPath, join(programs, 'node'));
  const env = { PATH: programs, HOME: folder };
  const script = `import(${JSON.stringify(JARS)}).then((jars) => jars.kafkaJars())`;
  const end = await run(process.execPath, ['--input-type=module', '--eval', script], { env });
  assert.match(end.err, /Maven \(mvn\) is needed once/);
});

test('what KAFKA_BROKERS names is used and never stopped', async () => {
  const earlier = process.env['KAFKA_BROKERS'];
  process.env['KAFKA_BROKERS'] = 'kafka.example:9092';
  try {
    assert.deepEqual(await availableBroker(), { how: 'brokers', brokers: 'kafka.example:9092' });
    const broker = await testBroker(folder);
    assert.equal(broker.brokers, 'kafka.example:9092');
    assert.equal(broker.owned, false);
    await assert.rejects(broker.stop(), /not ours to stop/);
    await assert.rejects(broker.restart(), /not ours to stop/);
  } finally {
    if (earlier === undefined) delete process.env['KAFKA_BROKERS'];
    else process.env['KAFKA_BROKERS'] = earlier;
  }
});

test('the Java release is read in both notations', () => {
  assert.equal(javaRelease('openjdk version "17.0.15" 2025-04-15'), 17);
  assert.equal(javaRelease('java version "1.8.0_392"'), 8);
  assert.equal(javaRelease('openjdk version "21" 2023-09-19'), 21);
  assert.equal(javaRelease('command not found'), undefined);
});

test('the jars are fetched once', { skip }, async () => {
  assert.equal(await kafkaJars(() => assert.fail('nothing is fetched')), await jarsFolder());
});

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the program ended without a line');
}

async function eventually(condition: () => Promise<boolean>, deadlineMs = 120_000): Promise<boolean> {
  for (const deadline = Date.now() + deadlineMs; Date.now() < deadline; await delay(100)) {
    if (await condition()) return true;
  }
  return false;
}

/** A broker for these tests only. */
function shortLived(options: BrokerOptions): Promise<Broker> {
  return startBroker({ ...options, shortLived: true });
}
