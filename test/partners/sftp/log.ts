/** One line on stderr. Standard output carries the ready line alone. */
export function log(message: string): void {
  process.stderr.write(`${new Date().toISOString()} ${message}\n`);
}
