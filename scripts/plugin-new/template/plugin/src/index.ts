import { definePlugin } from '@concord/plugin-sdk';
import { answerFormat, decodeAnswers } from './answers.js';
import { desire } from './desire.js';
import { encodePlacements, fileNameOf, placementFormat } from './placements.js';
import { settingsSchema, type PartnerSettings } from './settings.js';

/** New partner. */
export default definePlugin<PartnerSettings>({
  id: 'new-partner',
  family: 'new-family',
  title: 'New partner',
  requires: '^1',
  settings: settingsSchema,
  example: new URL('../example/settings.yaml', import.meta.url),
  position: {
    per: 'debt',
    act: 'place',
    update: 'balance',
    confirm: () => 'answer',
    states: ['active', 'closed'],
    desire,
  },
  outbound: [
    {
      kind: 'placements',
      title: 'Placements',
      name: fileNameOf,
      format: placementFormat,
      encode: encodePlacements,
    },
  ],
  inbound: [
    {
      kind: 'answers',
      title: 'Answers',
      available: () => true,
      match: ({ answers }) => answers,
      format: () => answerFormat,
      decode: decodeAnswers,
    },
  ],
  // Goes when the layouts are the partner's own: until then no file may leave this machine.
  cautions: () => [
    {
      code: 'layout-invented',
      message: 'The layouts of New partner are invented and not confirmed by anyone.',
      loopbackOnly: true,
    },
  ],
});
