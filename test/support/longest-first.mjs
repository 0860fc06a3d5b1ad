import Sequencer from '@jest/test-sequencer';

/** Suites of many minutes, the longest first. Begun last, one of them would run alone while the other processors wait. */
const LONG = [
  // Not long, but many times as long in a worker that has grown: looking for what a plugin keeps, they collect all of its memory.
  'sdk/src/testing/',
  'metro2/src/metro2.spec',
  'agency-aim/src/agency-aim.spec',
  'e2e/thirty-days',
  'e2e/kill',
  'e2e/three-processes',
  'faults/random-',
  'faults/mutated-files',
  'integration/kafka-',
  'e2e/',
];

/** Where jest has no times of earlier runs, as on a clean checkout, it goes by size of file, which says little here. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONG.findIndex((part) => path.includes(part));
      return found === -1 ? LONG.length : found;
    };
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
}
