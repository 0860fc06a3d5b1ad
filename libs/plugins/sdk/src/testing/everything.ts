import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { InboundFile } from '../contract/plugin.js';
import { decodeFindings, encodeChanges } from './run-plugin.js';
import { outboundSamples, type InboundSample } from './samples.js';
import { ALLOWED, desireOf } from './stop-checks.js';
import type { Subject } from './subject.js';

/** A partner's file, read before anything is watched. */
export interface ReadSample {
  readonly inbound: InboundFile<unknown>;
  readonly sample: InboundSample;
  readonly bytes: Uint8Array;
}

/** The inbound samples with their bytes. */
export async function readInboundSamples({ definition, samples }: Subject): Promise<readonly ReadSample[]> {
  return Promise.all(
    definition.inbound.flatMap((inbound) =>
      (samples.inbound[inbound.kind] ?? []).map(async (sample) => {
        return { inbound, sample, bytes: await readFile(new URL(sample.file, samples.fixtures)) };
      }),
    ),
  );
}

/** Has the plugin do everything that it can do with its samples, and tells what came of it. */
export async function doEverything(
  subject: Subject,
  received: readonly ReadSample[],
  tell: (result: string | Uint8Array) => void,
): Promise<void> {
  const { definition, samples } = subject;
  const { position } = definition;
  for (const { debt, settings } of position === undefined ? [] : samples.debts) {
    const desire = desireOf(position!, await subject.settings({ settings }), samples.date);
    tell(JSON.stringify(desire(debt, ALLOWED)));
  }
  for (const outbound of definition.outbound) {
    for (const sample of outboundSamples(samples, outbound.kind)) {
      const written = await encodeChanges(outbound, await subject.settings(sample), samples, sample.changes);
      tell(JSON.stringify([written.fileName, written.setAside]));
      tell(written.bytes);
    }
  }
  for (const { inbound, sample, bytes } of received) {
    tell(JSON.stringify(await decodeFindings(inbound, await subject.settings(sample), sample.file, bytes)));
  }
  tell(JSON.stringify(definition.cautions?.(await subject.settings()) ?? []));
}

/** One number for everything that the plugin does with its samples: the same on every machine, or something is wrong. */
export async function fingerprintOf(subject: Subject): Promise<string> {
  const hash = createHash('sha256');
  await doEverything(subject, await readInboundSamples(subject), (result) => void hash.update(result).update('\0'));
  return hash.digest('hex');
}
