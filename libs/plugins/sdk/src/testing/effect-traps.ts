import childProcess from 'node:child_process';
import nodeCrypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import tls from 'node:tls';
import workers from 'node:worker_threads';
import { watchGlobals } from './global-changes.js';
import { isLocalTime, watchPlace } from './place-traps.js';

/** Built-in modules of which every function reaches outside. */
const OUTSIDE: { readonly [name: string]: object } = {
  fs,
  'fs.promises': fs.promises,
  child_process: childProcess,
  dns,
  'dns.promises': dns.promises,
  os,
};

/** What reaches outside of objects that can do other things, too. */
const ALSO_OUTSIDE: readonly (readonly [name: string, owner: object, keys: readonly string[]])[] = [
  ['net', net, ['connect', 'createConnection', 'createServer']],
  ['net.Socket', net.Socket.prototype, ['connect']],
  ['tls', tls, ['connect', 'createServer']],
  ['dgram', dgram, ['createSocket']],
  ['http', http, ['request', 'get', 'createServer']],
  ['https', https, ['request', 'get', 'createServer']],
  ['worker_threads', workers, ['Worker']],
  ['crypto', nodeCrypto, ['randomBytes', 'randomInt', 'randomUUID', 'randomFill', 'randomFillSync', 'getRandomValues']],
  ['crypto', globalThis.crypto, ['randomUUID', 'getRandomValues']],
  ['Math', Math, ['random']],
  ['performance', performance, ['now']],
  ['process', process, ['hrtime', 'uptime', 'cwd', 'chdir', 'exit', 'kill', 'abort', 'on', 'once', 'memoryUsage']],
  ['process.stdout', process.stdout, ['write']],
  ['process.stderr', process.stderr, ['write']],
  ['console', console, ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table']],
];
const GLOBAL_FUNCTIONS = ['fetch', 'WebSocket', 'setTimeout', 'setInterval', 'setImmediate'] as const;

/**
 * Runs `body` and names every effect that it took from outside its context: the clock, chance, the machine's time zone and
 * language, the environment, the network, processes, timers, files, what it printed, and what it changed for everybody.
 * Modules that a plugin may not import at all are the business of the dependency rules.
 *
 * Run the body once before: what is loaded on first use is no effect of the plugin.
 */
export async function effectsOf(body: () => Promise<void>): Promise<readonly string[]> {
  const seen = new Set<string>();
  const restore: (() => void)[] = [];
  const changedGlobals = watchGlobals();
  const see = (effect: string): void => void seen.add(effect);

  for (const [name, module] of Object.entries(OUTSIDE)) {
    for (const [key, value] of Object.entries(module)) {
      if (typeof value === 'function' && /^[a-z]/.test(key)) trap(module, key, `${name}.${key}`, see, restore);
    }
  }
  for (const [name, owner, keys] of ALSO_OUTSIDE) {
    for (const key of keys) trap(owner, key, `${name}.${key}`, see, restore);
  }
  for (const key of GLOBAL_FUNCTIONS) trap(globalThis, key, key, see, restore);
  restore.push(watchEnvironment(see), watchPlace(see), watchClock(see));
  syncBuiltinESMExports();
  try {
    await body();
  } finally {
    for (const undo of restore.reverse()) undo();
    syncBuiltinESMExports();
  }
  return [...seen, ...changedGlobals()];
}

type AnyFunction = (...all: unknown[]) => unknown;

function trap(owner: object, key: string, name: string, see: (effect: string) => void, restore: (() => void)[]): void {
  const target = owner as Record<string, unknown>;
  const original = target[key];
  if (typeof original !== 'function') return;
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  if (descriptor?.configurable === false) return;
  const watched = new Proxy(original as AnyFunction, {
    apply(called, self, parameters) {
      see(name);
      return Reflect.apply(called, self, parameters);
    },
    construct(called, parameters: unknown[], newTarget) {
      see(name);
      return Reflect.construct(called, parameters, newTarget) as object;
    },
  });
  Object.defineProperty(target, key, { configurable: true, writable: true, enumerable: true, value: watched });
  restore.push(() => {
    if (descriptor === undefined) delete target[key];
    else Object.defineProperty(target, key, descriptor);
  });
}

function watchEnvironment(see: (effect: string) => void): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(process, 'env');
  const { env } = process;
  const said = (key: string | symbol): void => see(`process.env.${String(key)}`);
  const watched = new Proxy(env, {
    get(target, key) {
      said(key);
      return Reflect.get(target, key) as unknown;
    },
    set(target, key, value) {
      said(key);
      return Reflect.set(target, key, value);
    },
    deleteProperty(target, key) {
      said(key);
      return Reflect.deleteProperty(target, key);
    },
    ownKeys(target) {
      see('process.env');
      return Reflect.ownKeys(target);
    },
  });
  Object.defineProperty(process, 'env', { configurable: true, writable: true, enumerable: true, value: watched });
  return () => {
    if (descriptor !== undefined) Object.defineProperty(process, 'env', descriptor);
  };
}

/** Sees `Date.now()`, `Date()`, `new Date()`, and dates made in the machine's time zone; a date in UTC is no effect. */
function watchClock(see: (effect: string) => void): () => void {
  const RealDate = globalThis.Date;
  globalThis.Date = new Proxy(RealDate, {
    construct(target, parameters: unknown[], newTarget) {
      const [first] = parameters;
      if (parameters.length === 0) see('new Date');
      if (parameters.length > 1 || (typeof first === 'string' && isLocalTime(first)))
        see("new Date (the machine's time zone)");
      return Reflect.construct(target, parameters, newTarget === globalThis.Date ? target : newTarget) as object;
    },
    apply(target) {
      see('Date');
      return target();
    },
    get(target, key, receiver) {
      if (key === 'now') see('Date.now');
      if (key !== 'parse') return Reflect.get(target, key, receiver) as unknown;
      return (text: string) => {
        if (isLocalTime(text)) see("Date.parse (the machine's time zone)");
        return target.parse(text);
      };
    },
  });
  return () => {
    globalThis.Date = RealDate;
  };
}
