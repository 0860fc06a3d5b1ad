import type { Change, DebtSnapshot } from '@concord/plugin-sdk';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import { desire } from './desire.js';
import { debt, paid, unwritable } from './sample-debts.js';
import { settingsSchema } from './settings.js';

const date = '2026-11-21';
const entered = { officeCode: 'SPRINGF', fileNamePrefix: 'SPRINGF' };
const settings = settingsSchema.parse(entered);

function change(sequence: number, of: DebtSnapshot): Change {
  const [wanted] = desire(of, { settings, date, decision: { outcome: 'allow', reasons: [] } });
  if (wanted === undefined) throw new Error(`Nothing is wanted of ${of.debt.number}`);
  const { key, state, reference, amountMinor, content } = wanted;
  return { sequence, key, state, reference, amountMinor, content, previous: null, entry: null };
}

const answered = { fileName: 'SPRINGF202611210001.txt' };

/** What the conformance kit checks the plugin with. */
const samples: PluginSamples = {
  fixtures: new URL('../fixtures/', import.meta.url),
  date,
  identifiers: { 'ssn-1': '212345678' },
  badSettings: [
    { name: 'nothing', settings: {} },
    { name: 'an office code with a blank', settings: { ...entered, officeCode: 'SPRING FIELD' } },
    { name: 'a file name with a path', settings: { ...entered, fileNamePrefix: '../SPRINGF' } },
    { name: 'a misspelled setting', settings: { ...entered, ofificeCode: 'SPRINGF' } },
  ],
  debts: [
    { name: 'a debt that is owed', debt },
    { name: 'a debt that is paid', debt: paid },
  ],
  outbound: {
    placements: {
      changes: [change(1, debt), change(2, paid), change(3, unwritable)],
      setAside: [3],
      golden: 'placements.txt',
      totals: [[2, 24]],
    },
  },
  inbound: {
    answers: [
      {
        file: 'answers.ans',
        totals: [[2, 9]],
        findings: [
          {
            kind: 'refused',
            naturalKey: 'SPRINGF202611210001.txt:000000000022',
            reference: '000000000022',
            answerTo: answered,
            code: 'N001',
            message: 'NOT HELD',
            field: null,
          },
          {
            kind: 'file-answered',
            naturalKey: 'SPRINGF202611210001.txt:answer',
            answerTo: answered,
            rest: 'accepted',
            reason: null,
            accepted: 1,
            refused: 1,
          },
        ],
      },
    ],
  },
};

export default samples;
