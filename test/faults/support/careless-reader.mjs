import { z } from 'zod';

/** A right file is lines of this form. */
const RIGHT = /^([A-Z]\d{3}\|ok\n)+$/;
const MEGABYTES_KEPT = 8;
const kept = [];

/** What it does with a file that is not right, instead of saying what is wrong with it. */
const careless = {
  'throws out of the record': () => {
    throw new Error('a line that it does not know');
  },
  'never comes to its end': () => {
    for (;;);
  },
  'keeps what it reads': () => kept.push(Buffer.alloc(MEGABYTES_KEPT * 1024 * 1024, 1)),
  'lets it pass': () => undefined,
};

async function* read(bytes, { settings, fileName }) {
  const chunks = [];
  for await (const chunk of bytes) chunks.push(chunk);
  if (RIGHT.test(Buffer.concat(chunks).toString('latin1'))) return;
  if (settings.does in careless) {
    careless[settings.does]();
    return;
  }
  const nowhere = { record: null, field: null, position: null, value: null };
  yield { fault: { severity: 'file', file: fileName, ...nowhere, rule: 'form', message: 'a line is not right' } };
}

/** Reads what a partner left as `does` in its settings says; with any other word it does so as it should. */
export default {
  id: 'careless',
  family: 'test',
  title: 'Careless',
  requires: '^1',
  settings: z.object({ does: z.string() }),
  outbound: [],
  inbound: [{ kind: 'answers', title: 'Answers', available: () => true, match: () => '*', decode: read }],
};
