import type { Client } from 'pg';
import type { StatementTime } from './statement-times.ts';

/** What one kind of step of a plan took by itself, without the steps below it. */
export interface PlanCost {
  readonly step: string;
  readonly milliseconds: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Total Time': number;
  readonly 'Actual Loops': number;
  readonly 'Parent Relationship'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface Explained {
  readonly Plan: PlanNode;
  readonly Triggers: readonly {
    readonly 'Constraint Name'?: string;
    readonly 'Trigger Name': string;
    readonly Time: number;
  }[];
}

/**
 * Runs a statement once more, takes back what it did, and says what its steps took. The costliest first.
 *
 * @param before what must stand before it can run
 */
export async function explain(
  owner: Client,
  { statement, parameters }: StatementTime,
  before: () => Promise<unknown>,
): Promise<PlanCost[]> {
  await owner.query('begin');
  try {
    await before();
    const { rows } = await owner.query<{ 'QUERY PLAN': readonly Explained[] }>(
      `explain (analyze, format json) ${statement}`,
      [...parameters],
    );
    const explained = rows[0]?.['QUERY PLAN'][0];
    if (explained === undefined) throw new Error('nothing was explained');
    const costs = new Map<string, number>();
    const add = (step: string, milliseconds: number): void =>
      void costs.set(step, (costs.get(step) ?? 0) + milliseconds);
    addNode(explained.Plan, add);
    for (const trigger of explained.Triggers) {
      add(`foreign key ${trigger['Constraint Name'] ?? trigger['Trigger Name']}`, trigger.Time);
    }
    return [...costs]
      .map(([step, milliseconds]) => ({ step, milliseconds }))
      .sort((a, b) => b.milliseconds - a.milliseconds);
  } finally {
    await owner.query('rollback');
  }
}

function addNode(node: PlanNode, add: (step: string, milliseconds: number) => void): void {
  const total = (each: PlanNode): number => each['Actual Total Time'] * each['Actual Loops'];
  // What a common table expression takes is told where it is read, too.
  const below = (node.Plans ?? []).filter((each) => each['Parent Relationship'] !== 'InitPlan');
  const own = Math.max(0, total(node) - below.reduce((sum, each) => sum + total(each), 0));
  add([node['Node Type'], node['Relation Name'], node['Index Name']].filter(Boolean).join(' '), own);
  for (const each of node.Plans ?? []) addNode(each, add);
}
