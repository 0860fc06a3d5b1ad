import {
  CONTRACT_VERSION,
  readSettingsFile,
  type Carries,
  type FileFault,
  type FileFormat,
  type Plugin,
} from '@concord/plugin-sdk';
import { z } from 'zod';
import type { JobInput } from './child-input.js';
import { contractAllows } from './contract-range.js';
import type { FrameWriter } from './frames.js';
import type {
  DesireItem,
  EncodeItem,
  FormatFault,
  FormatRequest,
  JobRequest,
  PluginDescription,
  SetAside,
  SettingsCheck,
} from './jobs.js';
import { JsonLines } from './json-lines.js';

/** Items in one frame: enough to pay for the frame, few enough that both processes work at the same time. */
const BATCH_ITEMS = 250;
const BATCH_BYTES = 64 * 1024;

/** What a kind of file carries that says nothing else. */
const EVERY_CHANGE: Carries = { states: ['active', 'restrained', 'closed', 'absent'], entries: false };

type Request<J extends JobRequest['job']> = Extract<JobRequest, { job: J }>;

/** A failure that the host should hear of with the item it happened at. */
export class ItemError extends Error {
  readonly item: number;

  constructor(item: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.item = item;
  }
}

/** The jobs as a child does them, on the one plugin that it has loaded. What they return goes in the `end` frame. */
export class ChildJobs {
  readonly #plugin: Plugin;
  readonly #input: JobInput;
  readonly #output: FrameWriter;
  readonly #settings: (text: string) => Promise<unknown>;

  constructor(plugin: Plugin, settings: (text: string) => Promise<unknown>, input: JobInput, output: FrameWriter) {
    this.#plugin = plugin;
    this.#settings = settings;
    this.#input = input;
    this.#output = output;
  }

  async run(request: JobRequest): Promise<unknown> {
    switch (request.job) {
      case 'describe':
        return this.#describe();
      case 'check-settings':
        return this.#checkSettings(request);
      case 'desire':
        return this.#desire(request);
      case 'file-name':
        return this.#fileName(request);
      case 'encode':
        return this.#encode(request);
      case 'decode':
        return this.#decode(request);
      case 'format-decode':
        return this.#formatDecode(request);
      case 'format-encode':
        return this.#formatEncode(request);
    }
  }

  async #describe(): Promise<PluginDescription> {
    const { id, family, title, requires, position, outbound, inbound } = this.#plugin;
    const kindOf = (file: { kind: string; title: string }): { kind: string; title: string } => ({
      kind: file.kind,
      title: file.title,
    });
    return {
      id,
      family,
      title,
      requires,
      contractOk: contractAllows(requires, CONTRACT_VERSION),
      act: position?.act ?? null,
      update: position?.update ?? null,
      states: position?.states ?? [],
      requests: [],
      outboundKinds: outbound.map((file) => ({
        ...kindOf(file),
        carries: file.carries ?? EVERY_CHANGE,
        confirm: file.confirm ?? null,
      })),
      inboundKinds: inbound.map(kindOf),
      settingsSchema: z.toJSONSchema(this.#plugin.settings, { io: 'input', unrepresentable: 'any' }) as Record<
        string,
        unknown
      >,
      example: await readSettingsFile(this.#plugin.example),
    };
  }

  async #checkSettings(request: Request<'check-settings'>): Promise<SettingsCheck> {
    const parsed = await this.#plugin.settings.safeParseAsync(JSON.parse(request.settings));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => ({ path: settingsPath(path), message }));
      return { ok: false, faults };
    }
    const settings: unknown = parsed.data;
    return {
      ok: true,
      confirm: this.#plugin.position?.confirm(settings) ?? null,
      cautions: this.#plugin.cautions?.(settings) ?? [],
      inbound: this.#plugin.inbound
        .filter((file) => file.available(settings))
        .map((file) => ({ kind: file.kind, match: file.match(settings), listsAll: file.listsAll ?? false })),
      emptyKinds: this.#plugin.outbound.filter((file) => file.empty?.(settings) === true).map(({ kind }) => kind),
    };
  }

  async #desire(request: Request<'desire'>): Promise<null> {
    const position = this.#plugin.position;
    if (position === undefined) throw new Error('keeps no positions');
    const settings = await this.#settings(request.settings);
    let item = 0;
    for await (const batch of this.#input.batches<DesireItem>()) {
      const desired = batch.map(({ debt, decision }) => {
        try {
          return position.desire(debt, { settings, date: request.date, decision });
        } catch (error) {
          throw new ItemError(item, error);
        } finally {
          item++;
        }
      });
      await this.#output.writeItems(desired);
    }
    return null;
  }

  async #fileName(request: Request<'file-name'>): Promise<string> {
    const settings = await this.#settings(request.settings);
    return this.#outbound(request.kind).name({ settings, date: request.date, fileSequence: request.fileSequence });
  }

  async #encode(request: Request<'encode'>): Promise<null> {
    const { date, fileName, fileSequence } = request;
    const settings = await this.#settings(request.settings);
    // Values of this batch and the one before: an encoder may look one record ahead, and no value stays for longer.
    let [values, earlier] = [new Map<string, string>(), new Map<string, string>()];
    const input = this.#input;
    async function* changes(): AsyncGenerator<EncodeItem['change'], void, undefined> {
      for await (const batch of input.batches<EncodeItem>()) {
        [values, earlier] = [new Map(batch.flatMap(({ identifiers }) => Object.entries(identifiers))), values];
        for (const { change } of batch) yield change;
      }
    }
    let setAside: SetAside[] = [];
    const writer = new BytesBatcher(this.#output);
    const context = {
      settings,
      date,
      fileName,
      fileSequence,
      identifiers: { value: (identifier: string) => values.get(identifier) ?? earlier.get(identifier) },
      setAside: (sequence: number, fault: FileFault) => void setAside.push({ sequence, fault }),
    };
    for await (const bytes of this.#outbound(request.kind).encode(changes(), context)) {
      await writer.add(bytes);
      if (setAside.length >= BATCH_ITEMS) {
        await this.#output.writeItems(setAside);
        setAside = [];
      }
    }
    await writer.flush();
    await this.#output.writeItems(setAside);
    return null;
  }

  async #decode(request: Request<'decode'>): Promise<null> {
    const settings = await this.#settings(request.settings);
    const file = this.#inbound(request.kind);
    let batch: unknown[] = [];
    for await (const item of file.decode(this.#input.bytes(), { settings, fileName: request.fileName })) {
      batch.push(item);
      if (batch.length < BATCH_ITEMS) continue;
      await this.#output.writeItems(batch);
      batch = [];
    }
    await this.#output.writeItems(batch);
    return null;
  }

  async #formatDecode(request: Request<'format-decode'>): Promise<null> {
    const format = await this.#format(request);
    const writer = new BytesBatcher(this.#output);
    for await (const decoded of format.decode(this.#input.bytes(), { file: request.file, date: request.date })) {
      if (decoded.fault === undefined) {
        await writer.add(Buffer.from(`${JSON.stringify(decoded.record)}\n`, 'utf8'));
      } else {
        await writer.flush();
        await this.#output.writeItems([decoded.fault]);
      }
    }
    await writer.flush();
    return null;
  }

  async #formatEncode(request: Request<'format-encode'>): Promise<null> {
    const format = await this.#format(request);
    let faults: FormatFault[] = [];
    const lines = new JsonLines(request.file, (fault) => faults.push(fault));
    const writer = new BytesBatcher(this.#output);
    const onFault = (fault: FileFault, inputNumber: number): void =>
      void faults.push({ line: lines.lineOf(inputNumber), fault });
    for await (const bytes of format.encode(
      lines.records(this.#input.bytes()),
      { file: request.file, date: request.date },
      onFault,
    )) {
      await writer.add(bytes);
      if (faults.length >= BATCH_ITEMS) {
        await this.#output.writeItems(faults);
        faults = [];
      }
    }
    await writer.flush();
    await this.#output.writeItems(faults);
    return null;
  }

  async #format(request: { settings: string } & FormatRequest): Promise<FileFormat> {
    const settings = await this.#settings(request.settings);
    const file = request.direction === 'outbound' ? this.#outbound(request.kind) : this.#inbound(request.kind);
    return file.format(settings);
  }

  #outbound(kind: string): Plugin['outbound'][number] {
    const file = this.#plugin.outbound.find((candidate) => candidate.kind === kind);
    if (file === undefined) throw new Error(`sends no files of kind ${kind}`);
    return file;
  }

  #inbound(kind: string): Plugin['inbound'][number] {
    const file = this.#plugin.inbound.find((candidate) => candidate.kind === kind);
    if (file === undefined) throw new Error(`receives no files of kind ${kind}`);
    return file;
  }
}

/** Gathers small pieces into frames. */
class BytesBatcher {
  readonly #output: FrameWriter;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(output: FrameWriter) {
    this.#output = output;
  }

  async add(bytes: Uint8Array): Promise<void> {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('yielded something that is not bytes');
    if (bytes.length === 0) return;
    // Copied, because the plugin may use its buffer again.
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
    if (this.#heldBytes >= BATCH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#heldBytes === 0) return;
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    await this.#output.writeBytes(bytes);
  }
}

/** `['layout', 'fields', 3, 'length']` as `layout.fields[3].length`. */
export function settingsPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
