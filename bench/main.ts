// Runs every benchmark, or those named, and prints what each measured. Figures of one run are compared with each other
// only: a machine has no speed of its own.
import * as codec from './codec/bench.ts';
import * as difference from './difference/bench.ts';
import * as events from './events/bench.ts';
import * as imports from './import/bench.ts';
import * as money from './money/bench.ts';
import * as rules from './rules/bench.ts';
import * as sftp from './sftp/bench.ts';
import * as strategies from './strategies/bench.ts';
import type { BenchResult } from './result.ts';

const BENCHES: Readonly<Record<string, () => Promise<BenchResult>>> = {
  codec: () => codec.run(),
  import: () => imports.run(),
  money: () => money.run(),
  difference: () => difference.run(),
  events: () => events.run(),
  rules: () => rules.run(),
  sftp: () => sftp.run(),
  strategies: () => strategies.run(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { title, rows } = await run();
  console.log(title);
  for (const { name: row, value, unit, note } of rows) {
    console.log(`  ${row.padEnd(56)} ${value.toLocaleString('en').padStart(14)} ${unit}${note ? `  (${note})` : ''}`);
  }
}
