import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { DeliveryMethod } from '@concord/core/cases/domain/proof';
import { findBatches } from '@concord/core/notices/batch-store';
import type { BatchSummary } from '@concord/core/notices/batch-store';
import type { Manifest } from '@concord/core/notices/batch-view';
import type { Language, NoticeKind } from '@concord/core/notices/domain/notice-kind';
import type { MadeBatch } from '@concord/core/notices/make-batch';
import type { PostedBatch } from '@concord/core/notices/post-batch';
import type { ReleasedBatch } from '@concord/core/notices/release-batch';
import { debtsByName } from '@concord/core/notices/select-debts';
import type { NoticeSelection } from '@concord/core/notices/select-debts';
import { Refusal } from '@concord/core/platform/errors';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface MakeParameters {
  readonly jurisdictionId: string;
  readonly kind: NoticeKind;
  readonly language: Language;
  /** Ids or numbers of debts; none for those that the selection finds. */
  readonly debts: readonly string[];
  readonly selection: NoticeSelection;
  readonly limit: number;
  /** Null for one that is used once. */
  readonly idempotencyKey: string | null;
  readonly actor: string;
}

export const noticesMake: Operation<MakeParameters, MadeBatch> = {
  name: 'notices make',
  works: false,
  run: async (app, { jurisdictionId, kind, language, debts, selection, limit, idempotencyKey, actor }) => {
    const { NoticeCommands } = await import('@concord/core/notices/notice-commands');
    const gateway = app.get<DataSource>(GATEWAY_DATABASE);
    const ids = await debtsByName(gateway, debts);
    return app.get(NoticeCommands).make(
      { actor, correlationId: randomUUID() },
      jurisdictionId,
      { kind, language },
      {
        debts: ids.length > 0 ? [...new Set(ids)] : selection,
        limit,
        idempotencyKey: idempotencyKey ?? randomUUID(),
      },
    );
  },
};

export const noticesList: Operation<{ jurisdiction?: string; state?: string }, BatchSummary[]> = {
  name: 'notices list',
  works: false,
  run: (app, filter) => findBatches(app.get<DataSource>(GATEWAY_DATABASE), filter),
};

export interface BatchParameters {
  readonly id: string;
  readonly actor: string;
}

export const noticesRelease: Operation<BatchParameters, ReleasedBatch & { readonly batch: Manifest }> = {
  name: 'notices release',
  works: false,
  run: async (app, { id, actor }) => {
    const { NoticeCommands } = await import('@concord/core/notices/notice-commands');
    return app.get(NoticeCommands).release({ actor, correlationId: randomUUID() }, batchId(id));
  },
};

export interface PostedParameters extends BatchParameters {
  readonly on: string;
  readonly method: DeliveryMethod;
  readonly trackingNumber: string | null;
  /** The carrier's list as CSV; null where there is none. */
  readonly trackingCsv: string | null;
  /** Ids of letters that were held back, and of those that went out whatever came in the way. */
  readonly notPosted: readonly string[];
  readonly despite: readonly string[];
}

export const noticesPosted: Operation<PostedParameters, PostedBatch> = {
  name: 'notices posted',
  works: false,
  run: async (app, { id, actor, trackingCsv, ...order }) => {
    const { NoticeCommands } = await import('@concord/core/notices/notice-commands');
    const { readTracking } = await import('@concord/core/notices/read-tracking');
    const tracking = trackingCsv === null ? null : readTracking(trackingCsv);
    const by = { actor, correlationId: randomUUID() };
    return app.get(NoticeCommands).posted(by, { ...order, batchId: batchId(id), tracking });
  },
};

function batchId(id: string): string {
  if (!ID.test(id)) throw new Refusal('notice-batch-unknown', `no batch of notices has the id ${id}`);
  return id;
}
