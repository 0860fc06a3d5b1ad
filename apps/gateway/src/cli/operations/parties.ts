import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { MatchLevel } from '@concord/core/parties/domain/match';
import { findDuplicates } from '@concord/core/parties/matching/find-matches';
import type { PartyPair } from '@concord/core/parties/matching/find-matches';
import type { MadeMerge, MergeOrder } from '@concord/core/parties/merging/merge-parties';
import { PartyCommands } from '@concord/core/parties/party-commands';
import { Refusal } from '@concord/core/platform/errors';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const partyDuplicates: Operation<{ jurisdictionId: string; least: MatchLevel }, PartyPair[]> = {
  name: 'parties duplicates',
  works: false,
  run: (app, { jurisdictionId, least }) => findDuplicates(app.get<DataSource>(GATEWAY_DATABASE), jurisdictionId, least),
};

export const partyMerge: Operation<MergeOrder & { actor: string }, MadeMerge> = {
  name: 'parties merge',
  works: false,
  run: (app, { actor, ...order }) => {
    refuseNoId('party', order.duplicateId);
    refuseNoId('party', order.survivorId);
    return app.get(PartyCommands).merge({ actor, correlationId: randomUUID() }, order);
  },
};

export interface UndoParameters {
  readonly mergeId: string;
  readonly reason: string;
  readonly actor: string;
}

export const partyUndoMerge: Operation<UndoParameters, { readonly undone: boolean }> = {
  name: 'parties undo-merge',
  works: false,
  run: (app, { actor, mergeId, reason }) => {
    refuseNoId('merge', mergeId);
    return app.get(PartyCommands).undoMerge({ actor, correlationId: randomUUID() }, mergeId, reason);
  },
};

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function refuseNoId(what: 'party' | 'merge', id: string): void {
  if (!ID.test(id)) throw new Refusal(`${what}-unknown`, `no ${what} has the id ${id}`);
}
