import { definePlugin } from '@concord/plugin-sdk';
import { cautionsOf } from './cautions.js';
import { desire } from './desire.js';
import { encodeTradelines, fileNameOf, tradelineFormat } from './format.js';
import { decodeRejects, rejectFormat } from './rejects/decode.js';
import type { RejectMapping } from './rejects/mapping.js';
import { settingsSchema, type Metro2Settings } from './settings.js';

/** Tradelines at consumer credit bureaus in Metro 2: of the United States, and in the dialect of Canada. */
export default definePlugin<Metro2Settings>({
  id: 'metro2',
  family: 'credit-bureau',
  title: 'Credit bureaus (Metro 2)',
  requires: '^1',
  settings: settingsSchema,
  example: new URL('../example/settings.yaml', import.meta.url),
  position: {
    per: 'debt',
    act: 'report',
    update: 'snapshot',
    confirm: (settings) => (settings.rejects === undefined ? 'delivery' : 'answer'),
    states: ['active', 'restrained', 'closed'],
    desire,
  },
  outbound: [
    {
      kind: 'tradelines',
      title: 'Tradelines (Metro 2)',
      empty: () => true,
      name: ({ settings, date, fileSequence }) => fileNameOf(settings, date, fileSequence),
      format: tradelineFormat,
      encode: encodeTradelines,
    },
  ],
  inbound: [
    {
      kind: 'rejects',
      title: 'Rejected accounts (layout as mapped)',
      available: (settings) => settings.rejects !== undefined,
      match: (settings) => settings.rejects?.match ?? '',
      format: (settings) => rejectFormat(mappingOf(settings)),
      decode: (bytes, context) => decodeRejects(mappingOf(context.settings), bytes, context),
    },
  ],
  cautions: cautionsOf,
});

function mappingOf(settings: Metro2Settings): RejectMapping {
  if (settings.rejects === undefined) throw new Error('Files of this kind are not available under these settings');
  return settings.rejects;
}
