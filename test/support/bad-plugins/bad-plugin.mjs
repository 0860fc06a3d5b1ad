import { spawn } from 'node:child_process';
import { closeSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { plainPlugin } from './plain-plugin.mjs';

/** The pipe on which the host hears the plugin's process. */
const ANSWERS = 4;
const MEGABYTE = 1024 * 1024;
const kept = [];

const fault = (more = {}) => ({
  severity: 'record',
  file: 'f',
  record: 1,
  field: null,
  position: null,
  value: null,
  rule: 'r',
  message: 'm',
  ...more,
});

/** What it does instead of encoding, by the word in its settings. A returned value is yielded. */
const encodes = {
  throws: () => {
    throw new Error('it can not be done');
  },
  'throws what no database keeps': () => {
    throw new Error(`half a pair \ud800 and a NUL \0 in ${'x'.repeat(5_000)}\udc00`);
  },
  'throws no error': () => {
    throw Object.create(null);
  },
  'spins for ever': () => {
    for (;;);
  },
  'waits for ever': () => new Promise(() => undefined),
  'takes heap': () => {
    for (;;) kept.push(Array.from({ length: 1_000 }, (_, i) => ({ i })));
  },
  'takes buffers': () => {
    for (;;) kept.push(Buffer.alloc(8 * MEGABYTE, 1));
  },
  'takes two gigabytes at once': () => kept.push(Buffer.allocUnsafeSlow(2_048 * MEGABYTE).fill(1)),
  'takes memory in threads': () => {
    const code = 'const kept = []; for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1))';
    for (let i = 0; i < 4; i++) kept.push(new Worker(code, { eval: true }));
    return new Promise(() => undefined);
  },
  'takes more than there is': () => {
    for (;;) kept.push(new ArrayBuffer(4_096 * MEGABYTE));
  },
  'prints for ever': async () => {
    for (;;) await new Promise((resolve) => process.stdout.write('nothing to say '.repeat(1_000), resolve));
  },
  'yields text': () => 'text',
  'sets aside what it was not given': (context) => context.setAside(77, fault()),
  'sets aside a change twice': (context) => {
    context.setAside(1, fault());
    context.setAside(1, fault());
  },
  'sets aside no number': (context) => context.setAside(NaN, fault()),
  'sets aside in a circle': (context) => {
    const circle = fault();
    circle.message = circle;
    context.setAside(1, circle);
  },
  'writes half a frame': () => {
    writeSync(ANSWERS, Buffer.from([0, 1, 0, 0, 0, 0]));
    return new Promise(() => undefined);
  },
  'writes noise to its host': () => writeSync(ANSWERS, 'noise '.repeat(100)),
  'writes an answer of its own': () =>
    writeSync(ANSWERS, Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 3, ...Buffer.from('null')])),
  'closes the pipe to its host': () => {
    closeSync(ANSWERS);
    for (;;);
  },
  exits: () => process.exit(3),
  aborts: () => process.abort(),
  'ends its host': () => process.kill(process.ppid, 'SIGKILL'),
  "ends its host's group": () => process.kill(-process.ppid, 'SIGKILL'),
  'ends its own group': () => process.kill(0, 'SIGKILL'),
  'starts a process that stays': () => spawn('sleep', ['86399'], { detached: true, stdio: 'ignore' }).unref(),
  'writes a file': () => writeFileSync(join(tmpdir(), 'concord-bad-plugin'), 'was here'),
  'changes prototypes': () => {
    Array.prototype.push = () => 0;
    Object.prototype.then = (done) => setTimeout(done, 60_000);
    JSON.stringify = () => '{}';
    Uint8Array.prototype.subarray = () => null;
  },
};

async function* misencoded(does, changes, context) {
  for await (const change of changes) kept.push(change);
  const yielded = await encodes[does](context);
  yield yielded ?? Buffer.from('x');
}

async function* endless(chunk) {
  for (;;) yield chunk;
}

/** What it does to the desired position of every debt. */
const desires = {
  'wants a fraction of a cent': () => [position({ amountMinor: 1.5 })],
  'wants NaN': () => [position({ amountMinor: NaN })],
  'wants a circle': () => {
    const content = {};
    content.itself = content;
    return [position({ content })];
  },
  'wants a giant': () => [position({ content: { text: 'x'.repeat(40 * MEGABYTE) } })],
  'wants millions': () => Array(500_000).fill(1),
  'wants depth': () => {
    let content = {};
    for (let level = 0; level < 1_000; level++) content = { content };
    return [position({ content })];
  },
};

function position(changes) {
  return { key: '', state: 'active', reference: '1', amountMinor: 1, content: {}, ...changes };
}

/** What it does instead of decoding. */
const decodes = {
  'finds without end': { kind: 'accepted', naturalKey: '1', reference: '1', answerTo: null },
  'finds a payment of NaN': {
    kind: 'paid',
    naturalKey: '1',
    reference: '1',
    amountMinor: NaN,
    currency: 'USD',
    paidOn: '2026-03-16',
    commissionMinor: 0,
  },
  'finds no finding': null,
  'finds a fault that no database keeps': { fault: fault({ severity: 'file', value: '\0\ud800' }) },
};

async function* misdecoded(does) {
  yield decodes[does];
  if (does === 'finds without end') yield* endless(decodes[does]);
}

/** Does one thing wrong, as `does` in its settings says. */
export default plainPlugin(
  'bad',
  (does, changes, context) => {
    if (does === 'yields without end') return endless(Buffer.alloc(65_536));
    if (does === 'yields nothing without end') return endless(Buffer.alloc(0));
    return does in encodes ? misencoded(does, changes, context) : null;
  },
  (does) => (does in decodes ? misdecoded(does) : null),
  (does) => desires[does]?.(),
);
