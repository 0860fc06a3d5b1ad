import { run } from './bench.ts';

const { title, rows } = await run();
console.log(title);
for (const { name, value, unit, note } of rows) {
  console.log(
    `  ${name.padEnd(22)} ${value.toLocaleString('en').padStart(10)} ${unit}${note === undefined ? '' : `  (${note})`}`,
  );
}
