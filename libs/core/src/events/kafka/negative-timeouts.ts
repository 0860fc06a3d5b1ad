const NAME = 'TimeoutNegativeWarning';
let passed = false;

/**
 * kafkajs asks for pauses that end in the past. Node takes them for one millisecond and warns about it on standard error, where
 * people read what Concord says. Every other warning is shown as before.
 */
export function keepQuietAboutNegativeTimeouts(): void {
  if (passed) return;
  passed = true;
  const shown = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== NAME) for (const show of shown) show(warning);
  });
}
