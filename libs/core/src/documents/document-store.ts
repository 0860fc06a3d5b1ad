import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ArchivedContent } from '../archive/archive-store.js';
import { locateDebt } from '../cases/case-lookup.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { NO_DETAILS } from '../cases/domain/proof.js';
import { insertProofs } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

/** A document of a debt, without its bytes. */
export interface DocumentView {
  readonly id: string;
  readonly debtId: string;
  /** SHA-256 of the bytes, 64 hex digits. */
  readonly contentHash: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** For people to read; never a path. */
  readonly fileName: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

const DOCUMENT = `
  select id, debt_id as "debtId", content_hash as "contentHash", bytes, media_type as "mediaType",
         file_name as "fileName", actor, recorded_at as "recordedAt"
  from cases.document`;

/** @throws Refusal `document-unknown` */
export async function readDocument(on: Queryable, id: string): Promise<DocumentView> {
  const [found] = await rows<DocumentView>(on, `${DOCUMENT} where id = $1`, [id]);
  if (!found) throw new Refusal('document-unknown', `no document has the id ${id}`);
  return found;
}

/** The documents of a debt, the oldest first. */
export function listDocuments(on: Queryable, debtId: string): Promise<DocumentView[]> {
  return rows<DocumentView>(on, `${DOCUMENT} where debt_id = $1 order by recorded_at, id`, [debtId]);
}

/** A document whose bytes are in the archive. */
export interface NewDocument {
  readonly debtId: string;
  readonly content: ArchivedContent;
  readonly mediaType: string;
  readonly fileName: string;
}

/**
 * Records a document of a debt with the proof that it is, in the caller's transaction. The same bytes are one document of
 * a debt, whatever they are called.
 *
 * @param on the office's today
 * @returns with `recorded` false when the debt had these bytes before and nothing was done now
 * @throws Refusal `debt-unknown`
 */
export async function recordDocument(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { debtId, content, mediaType, fileName }: NewDocument,
  on: string,
): Promise<{ readonly document: DocumentView; readonly recorded: boolean }> {
  const debt = await locateDebt(manager, debtId);
  const [inserted] = await rows<{ id: string }>(
    manager,
    `insert into cases.document (id, case_id, debt_id, content_hash, bytes, media_type, file_name, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (debt_id, content_hash) do nothing returning id`,
    [
      ...[randomUUID(), debt.caseId, debt.id, content.hash, content.bytes, mediaType, fileName],
      ...[context.actor, context.at],
    ],
  );
  if (inserted) {
    const { id } = inserted;
    const proof = { caseId: debt.caseId, debtId, kind: 'document' as const, on, reference: null };
    await insertProofs(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
      { ...NO_DETAILS, ...proof, documentId: id, key: `documents:${content.hash}` },
    ]);
    return { document: await readDocument(manager, id), recorded: true };
  }
  const [before] = await rows<DocumentView>(manager, `${DOCUMENT} where debt_id = $1 and content_hash = $2`, [
    debtId,
    content.hash,
  ]);
  return { document: before!, recorded: false };
}
