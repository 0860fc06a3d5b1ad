import { z } from 'zod';

/**
 * A plugin that reports debts as lines `reference|amount`. What it does wrong, if anything, is given to it.
 *
 * @param {string} id
 * @param {(does: string, changes: AsyncIterable<object>, context: object) => AsyncIterable<Uint8Array> | null} misencode
 *   null for what is done right
 * @param {(does: string) => AsyncIterable<object> | null} misdecode
 * @param {(does: string) => unknown} misdesire undefined for what is done right
 */
export function plainPlugin(id, misencode, misdecode, misdesire) {
  return {
    id,
    family: 'test',
    title: id,
    requires: '^1',
    settings: z.object({ does: z.string() }),
    cautions: ({ does }) => {
      if (does === 'throws at its settings') throw new Error('these settings are beyond it');
      return [];
    },
    example: new URL('./example.yaml', import.meta.url),
    position: {
      per: 'debt',
      act: 'report',
      update: 'replace',
      confirm: () => 'delivery',
      states: ['active', 'closed'],
      desire: (debt, { settings, decision }) =>
        misdesire(settings.does) ??
        (decision.outcome === 'withdraw' ? [] : [desired(debt, decision.outcome === 'close' ? 'closed' : 'active')]),
    },
    outbound: [
      {
        kind: 'list',
        title: 'List',
        name: ({ settings, date }) => (settings.does === 'names no text' ? NaN : `list-${date}.txt`),
        format: () => null,
        encode: (changes, context) => misencode(context.settings.does, changes, context) ?? lines(changes),
      },
    ],
    inbound: [
      {
        kind: 'answers',
        title: 'Answers',
        available: () => true,
        match: () => '*.rsp',
        format: () => null,
        decode: (bytes, { settings }) => misdecode(settings.does) ?? nothing(bytes),
      },
    ],
  };
}

function desired(debt, state) {
  return { key: '', state, reference: debt.debt.number, amountMinor: debt.ledger.balanceMinor, content: {} };
}

async function* lines(changes) {
  for await (const { reference, amountMinor } of changes) yield Buffer.from(`${reference}|${amountMinor}\n`);
}

/** Reads the file and finds nothing in it. */
async function* nothing(bytes) {
  for await (const chunk of bytes) if (chunk.length < 0) yield chunk;
}
