import type { RecordLayout } from '@concord/plugin-sdk/codec';

/** Who reports, under which bureau program identifiers, and for which date. */
export const HEADER: RecordLayout = {
  name: 'header',
  length: 426,
  recognise: { start: 5, value: 'HEADER' },
  fields: [
    { name: 'Record Descriptor Word', start: 1, length: 4, type: 'record-length' },
    { name: 'Record Identifier', start: 5, length: 6, type: 'constant', value: 'HEADER' },
    { name: 'Cycle Identifier', start: 11, length: 2, type: 'text' },
    { name: 'Innovis Program Identifier', start: 13, length: 10, type: 'text' },
    { name: 'Equifax Program Identifier', start: 23, length: 10, type: 'text' },
    { name: 'Experian Program Identifier', start: 33, length: 5, type: 'text' },
    { name: 'Trans Union Program Identifier', start: 38, length: 10, type: 'text' },
    { name: 'Activity Date', start: 48, length: 8, type: 'date', pattern: 'MMDDCCYY', required: true },
    { name: 'Date Created', start: 56, length: 8, type: 'date', pattern: 'MMDDCCYY', required: true },
    { name: 'Program Date', start: 64, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Program Revision Date', start: 72, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Reporter Name', start: 80, length: 40, type: 'text', truncate: true, required: true },
    { name: 'Reporter Address', start: 120, length: 96, type: 'text', truncate: true, required: true },
    { name: 'Reporter Telephone Number', start: 216, length: 10, type: 'digits', zeroIsBlank: true },
    { name: 'Software Vendor Name', start: 226, length: 40, type: 'text', truncate: true },
    { name: 'Software Version Number', start: 266, length: 5, type: 'text' },
    { name: 'PRBC Program Identifier', start: 271, length: 10, type: 'text' },
    { name: 'Reserved', start: 281, length: 146, type: 'filler' },
  ],
};
