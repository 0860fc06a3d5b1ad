import type { DecodeContext, FileFault, Finding } from '@concord/plugin-sdk';
import { fileFormat } from '@concord/plugin-sdk/codec';
import { ANSWERS } from './layout/answers.js';

/** The format of the partner's answers. Written by tests and by the command line only, for the date that they state. */
export const answerFormat = fileFormat(ANSWERS, {
  header: ({ date, file }) => ({ dateCreated: date, answeredFile: file, result: 'P' }),
  trailer: () => ({ accepted: 0 }),
});

/** A date of the answer is only checked, never written. */
const NO_DATE = '0001-01-01';

interface Header {
  readonly answeredFile: string;
  readonly result: 'P' | 'R';
}

interface Trailer {
  readonly refused: number;
  readonly accepted: number;
}

/**
 * Reads an answer: a refusal for each record that the partner did not take, and at the end that the rest is accepted. That
 * is said only when every refusal could be read.
 */
export async function* decodeAnswers(
  bytes: AsyncIterable<Uint8Array>,
  { fileName: file }: DecodeContext<unknown>,
): AsyncGenerator<Finding | { readonly fault: FileFault }> {
  let header: Header | null = null;
  let trailer: Trailer | null = null;
  let unread = 0;
  let refusedWhole = false;
  for await (const decoded of answerFormat.decode(bytes, { file, date: NO_DATE })) {
    if (decoded.fault !== undefined) {
      if (decoded.fault.severity === 'file') refusedWhole = true;
      else unread += 1;
      yield { fault: decoded.fault };
    } else if (decoded.type === 'header') header = decoded.record as unknown as Header;
    else if (decoded.type === 'trailer') trailer = decoded.record as unknown as Trailer;
    else if (header !== null) yield refusalOf(header.answeredFile, decoded.record as unknown as Refusal);
  }
  if (refusedWhole || header === null || trailer === null) return;
  if (unread > 0) {
    const message = `${unread} refusals can not be read: what they refuse would count as accepted`;
    yield {
      fault: {
        severity: 'file',
        file,
        record: null,
        field: null,
        position: null,
        value: null,
        rule: 'unread',
        message,
      },
    };
    return;
  }
  yield {
    kind: 'file-answered',
    naturalKey: `${header.answeredFile}:answer`,
    answerTo: { fileName: header.answeredFile },
    rest: header.result === 'P' ? 'accepted' : 'refused',
    reason: header.result === 'P' ? null : 'The partner refused the file',
    accepted: trailer.accepted,
    refused: trailer.refused,
  };
}

interface Refusal {
  readonly reference: string;
  readonly code: string;
  readonly message?: string;
}

function refusalOf(answeredFile: string, { reference, code, message }: Refusal): Finding {
  return {
    kind: 'refused',
    naturalKey: `${answeredFile}:${reference}`,
    reference,
    answerTo: { fileName: answeredFile },
    code,
    message: message ?? '',
    field: null,
  };
}
