import type { CheckResult } from '@concord/plugin-sdk/testing';
import { table } from '../render/table.js';
import type { CheckedPlugin } from './checked-plugin.js';

const WORDS = { passed: 'passed', failed: 'FAILED', 'left-out': 'left out' } as const;
const LONGEST_REASON = 600;

/** A checked plugin for people: a table of its checks, then what failed and what was left out, with the reasons. */
export function checkedText({ id, checks, unusable }: CheckedPlugin): string {
  const of = (result: CheckResult['result']): readonly CheckResult[] => checks.filter((one) => one.result === result);
  const counts = `${of('passed').length} passed, ${of('failed').length} failed, ${of('left-out').length} left out`;
  const columns = [
    { title: 'Part', value: ({ part }: CheckResult) => part },
    { title: 'Check', value: ({ check }: CheckResult) => check },
    { title: 'Result', value: ({ result }: CheckResult) => WORDS[result] },
  ];
  return [
    ...(checks.length > 0 ? [table(columns, checks)] : []),
    ...reasons('Failed', of('failed')),
    ...reasons('Left out', of('left-out')),
    ...(unusable === null ? [] : [`${id} can't be checked: ${shown(unusable)}`]),
    ...(checks.length > 0 ? [`${id}: ${counts}`] : []),
  ].join('\n');
}

function reasons(title: string, results: readonly CheckResult[]): readonly string[] {
  return results.map(({ part, check, reason }) => {
    const what = part === '' ? check : `${part}: ${check}`;
    return `${title}: ${what}: ${shown(reason ?? '')}`;
  });
}

/** What a plugin throws may be of any length and hold anything: on one line, and harmless to a terminal. */
function shown(reason: string): string {
  return reason
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '?')
    .slice(0, LONGEST_REASON);
}
