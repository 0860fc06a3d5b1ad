import type { DecodeContext, FileFault, FileFormat, Finding, PartnerRecord } from '@concord/plugin-sdk';
import { fileFormat } from '@concord/plugin-sdk/codec';
import { splitPlace, type RejectMapping, type RejectMeaning } from './mapping.js';

const formats = new WeakMap<RejectMapping, FileFormat>();

/** The format of a mapping's files, compiled once. */
export function rejectFormat(mapping: RejectMapping): FileFormat {
  const known = formats.get(mapping);
  if (known !== undefined) return known;
  const format = fileFormat(mapping.layout);
  formats.set(mapping, format);
  return format;
}

/** A file fault's date is never used: nothing is written. */
const NO_DATE = '0001-01-01';

interface Answer {
  readonly fileName: string;
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  readonly result: 'processed' | 'refused';
  readonly reason: string | null;
}

/**
 * Reads a reject file: a refusal for each account that the bureau did not take, and at the end its answer to our whole
 * file. The answer says that everything not refused was taken, so that it is only given when every refusal was read and
 * the bureau's own counts agree.
 */
export async function* decodeRejects(
  mapping: RejectMapping,
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<unknown>,
): AsyncGenerator<Finding | { readonly fault: FileFault }> {
  const { meaning, layout } = mapping;
  const file = context.fileName;
  const refusing = splitPlace(meaning.refusal.code).record;
  let answer: Answer | null = null;
  let refusals = 0;
  let unread = 0;
  let refusedWhole = false;
  for await (const decoded of rejectFormat(mapping).decode(bytes, { file, date: NO_DATE })) {
    if (decoded.fault !== undefined) {
      if (decoded.fault.severity === 'file') refusedWhole = true;
      else unread += 1;
      yield { fault: decoded.fault };
      continue;
    }
    const { record, number, type } = decoded;
    if (type === layout.header?.name) {
      const read = readAnswer(meaning, record);
      if (typeof read === 'string') {
        refusedWhole = true;
        yield { fault: fileFault(file, number, 'answer', read) };
      } else answer = read;
    } else if (answer !== null && type === refusing) {
      const account = textAt(record, meaning.refusal.accountNumber);
      if (account === '') {
        unread += 1;
        yield { fault: { ...fileFault(file, number, 'required', 'The refusal names no account'), severity: 'record' } };
        continue;
      }
      refusals += 1;
      yield refusal(meaning, record, account, answer.fileName);
    }
  }
  if (refusedWhole || answer === null) return;
  const fault = disagreement(answer, refusals, unread);
  if (fault !== null) {
    yield { fault: fileFault(file, null, fault.rule, fault.message) };
    return;
  }
  yield {
    kind: 'file-answered',
    naturalKey: `${answer.fileName}:answer:${layout.name}`,
    answerTo: { fileName: answer.fileName },
    rest: answer.result === 'processed' ? 'accepted' : 'refused',
    reason: answer.reason,
    accepted: answer.accepted,
    refused: answer.refused,
  };
}

function readAnswer(meaning: RejectMeaning, header: PartnerRecord): Answer | string {
  const fileName = valueAt(header, meaning.answeredFile);
  const received = valueAt(header, meaning.received);
  const accepted = valueAt(header, meaning.accepted);
  const refused = valueAt(header, meaning.refused);
  const result = valueAt(header, meaning.result.field);
  if (typeof fileName !== 'string') return 'The header names no file';
  if (typeof received !== 'number' || typeof accepted !== 'number' || typeof refused !== 'number') {
    return 'The header does not state how many records were received, accepted and refused';
  }
  if (result !== meaning.result.processed && result !== meaning.result.refused) {
    return 'The header does not say whether the file was processed or refused';
  }
  const reason = meaning.reason === undefined ? undefined : valueAt(header, meaning.reason);
  return {
    fileName,
    received,
    accepted,
    refused,
    result: result === meaning.result.processed ? 'processed' : 'refused',
    reason: typeof reason === 'string' ? reason : null,
  };
}

function refusal(meaning: RejectMeaning, record: PartnerRecord, account: string, fileName: string): Finding {
  const field = meaning.refusal.field === undefined ? '' : textAt(record, meaning.refusal.field);
  const message = meaning.refusal.message === undefined ? '' : textAt(record, meaning.refusal.message);
  return {
    kind: 'refused',
    naturalKey: `${fileName}:${textAt(record, meaning.refusal.line)}:${account}`,
    reference: account,
    answerTo: { fileName },
    code: textAt(record, meaning.refusal.code),
    message,
    field: field === '' ? null : field,
  };
}

function disagreement(answer: Answer, refusals: number, unread: number): { rule: string; message: string } | null {
  const { received, accepted, refused } = answer;
  if (accepted + refused !== received) {
    return { rule: 'total', message: `${accepted} accepted and ${refused} refused are not the ${received} received` };
  }
  if (answer.result === 'refused') return null;
  if (unread > 0) {
    const message = `${unread} refusals can not be read: the accounts they refuse would count as accepted`;
    return { rule: 'unread-refusal', message };
  }
  if (refused !== refusals) {
    return { rule: 'total', message: `The header states ${refused} refused, the file lists ${refusals}` };
  }
  return null;
}

function fileFault(file: string, record: number | null, rule: string, message: string): FileFault {
  return { severity: 'file', file, record, field: null, position: null, value: null, rule, message };
}

function valueAt(record: PartnerRecord, place: string): unknown {
  return record[splitPlace(place).key];
}

function textAt(record: PartnerRecord, place: string): string {
  const value = valueAt(record, place);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
