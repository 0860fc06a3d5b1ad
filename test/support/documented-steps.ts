import { readFileSync } from 'node:fs';

/** A block of a page that is marked to be carried out. */
type Step =
  | { readonly do: 'run' | 'start'; readonly text: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string };

const BLOCK = /^```(\w+)[ \t]+([^\n]+)\n(.*?)^```$/gms;

/**
 * The steps of a page, in order: blocks whose first line says `step` (commands), `step background` (commands in another
 * terminal) or `file=PATH` (a file with that content).
 */
export function documentedSteps(page: string): readonly Step[] {
  return [...readFileSync(page, 'utf8').matchAll(BLOCK)].flatMap(([, , mark = '', text = '']): Step[] => {
    if (mark === 'step') return [{ do: 'run', text }];
    if (mark === 'step background') return [{ do: 'start', text }];
    const path = /^file=(\S+)$/.exec(mark)?.[1];
    return path === undefined ? [] : [{ do: 'write', path, text }];
  });
}

/** The steps as one shell script that stops at the first failure, as a person would. */
export function asScript(steps: readonly Step[]): string {
  const lines = steps.map((step) => {
    switch (step.do) {
      case 'run':
        return step.text;
      case 'write':
        return `cat > '${step.path}' <<'END-OF-FILE'\n${step.text}END-OF-FILE\n`;
      case 'start':
        return inAnotherTerminal(step.text.trim());
    }
  });
  return ['set -euo pipefail', ...lines].join('\n');
}

/** Its input stays open, as a terminal's does; what it prints first is waited for; it ends when the script does. */
function inAnotherTerminal(commands: string): string {
  return [
    'mkfifo "$TMPDIR/spoken"',
    // A process group of its own, so that all of it can be ended.
    'set -m',
    `{ sleep 600 | { ${commands}; }; } > "$TMPDIR/spoken" 2> /dev/null &`,
    'trap "kill -- -$!" EXIT',
    'set +m',
    'read -r _ < "$TMPDIR/spoken"',
    '',
  ].join('\n');
}
