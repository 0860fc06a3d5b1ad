import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { OrderedCommand } from '../../commands/command-handler.js';
import { rows } from '../../database/sql.js';

/** Why a person does something: kept with what was done. */
export const reasonSchema = z.string().trim().min(1).max(1000);

/** Who decided what, why and when. The command tells one that is begun anew that it was carried out already. */
export interface HumanDecision {
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
  readonly command: string;
  readonly correlationId: string;
}

export function decisionBy(command: OrderedCommand, reason: string, at: Date): HumanDecision {
  const { actor, id, correlationId } = command;
  return { actor, reason, at: at.toISOString(), command: id, correlationId };
}

/** Whether this very command decided it: it was carried out, and its process died before that was noted. */
export function decidedBy(decision: unknown, command: Pick<OrderedCommand, 'id'>): boolean {
  return (decision as Partial<HumanDecision> | null)?.command === command.id;
}

/** Keeps what a person decided of a file. What was decided of it before stays, under `before`. */
export async function keepDecision(
  manager: EntityManager,
  exchangeId: string,
  decision: HumanDecision & { readonly decision: 'apply' | 'dismiss' | 'replay'; readonly result?: object },
): Promise<void> {
  await rows(
    manager,
    `update exchange.exchange set decision = $2::jsonb ||
       case when decision is null then '{}' else jsonb_build_object('before', decision) end
     where id = $1`,
    [exchangeId, JSON.stringify(decision)],
  );
}
