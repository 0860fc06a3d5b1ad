import { once } from 'node:events';
import { note } from '../terminal.js';
import { faultLine } from './fault-line.js';
import { fileJob, openInput, terminalHost } from './file-job.js';
import type { FileOptions } from './file-job.js';

/** Exit codes of the file commands. */
const SOUND = 0;
const FAULTY = 1;

/** Writes to standard output without running ahead of whoever reads it. */
async function write(chunk: Uint8Array | string): Promise<void> {
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

/** A partner's file as JSON Lines on standard output; faults go to standard error. */
export async function decodeFile(path: string, options: FileOptions, today: string): Promise<number> {
  const host = terminalHost();
  try {
    const { bytes, name } = await openInput(path);
    const job = await fileJob(host, options, name, today);
    let code = SOUND;
    for await (const part of host.formatDecode(job.plugin.source, job.settings, job.request, bytes)) {
      if (part.lines) await write(part.lines);
      else {
        code = FAULTY;
        part.faults.forEach((fault) => note(faultLine(fault)));
      }
    }
    return code;
  } finally {
    host.close();
  }
}

/** Reads a partner's file to the end and prints every fault on standard output. */
export async function checkFile(
  path: string,
  options: FileOptions & { readonly json?: boolean },
  today: string,
): Promise<number> {
  const host = terminalHost();
  try {
    const { bytes, name } = await openInput(path);
    const job = await fileJob(host, options, name, today);
    let code = SOUND;
    for await (const part of host.formatDecode(job.plugin.source, job.settings, job.request, bytes)) {
      for (const fault of part.faults ?? []) {
        code = FAULTY;
        await write(`${options.json ? JSON.stringify(fault) : faultLine(fault)}\n`);
      }
    }
    if (code === SOUND) note(`${name}: no faults`);
    return code;
  } finally {
    host.close();
  }
}

/** JSON Lines on standard input as a partner's file on standard output; what can't be written goes to standard error. */
export async function encodeFile(options: FileOptions, date: string): Promise<number> {
  const host = terminalHost();
  try {
    const job = await fileJob(host, options, 'standard input', date);
    let code = SOUND;
    for await (const part of host.formatEncode(job.plugin.source, job.settings, job.request, process.stdin)) {
      if (part.bytes) await write(part.bytes);
      else {
        code = FAULTY;
        part.faults.forEach(({ line, fault }) => note(`line ${line}: ${faultLine(fault)}`));
      }
    }
    return code;
  } finally {
    host.close();
  }
}
