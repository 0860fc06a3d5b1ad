/** What the made-up reject layout of the example mapping says about one file of ours. */
export interface RejectFile {
  /** Name of the file that is answered. */
  readonly answers: string;
  readonly accepted: number;
  readonly refused: readonly { readonly account: string; readonly code: string; readonly message?: string }[];
  /** What the header states as refused, where it is not what the file lists. */
  readonly statedRefused?: number;
  readonly wholeFile?: 'processed' | 'refused';
  readonly reason?: string;
}

const WIDTH = 140;

/** Writes a reject file as a bureau would: position by position from the mapping's table, and not with our own codec. */
export function rejectFile(file: RejectFile): Buffer {
  const refused = file.statedRefused ?? file.refused.length;
  const count = (value: number): string => String(value).padStart(9, '0');
  const header = [
    'H20260316',
    file.answers.padEnd(60),
    count(file.accepted + refused),
    count(file.accepted),
    count(refused),
    file.wholeFile === 'refused' ? 'R' : 'A',
    file.reason ?? '',
  ];
  const details = file.refused.map(({ account, code, message }, index) => [
    `D${count(index + 2)}`,
    account.padEnd(30),
    ''.padEnd(30),
    code.padEnd(6),
    message ?? '',
  ]);
  const trailer = [`T${count(file.refused.length)}`];
  return Buffer.from([header, ...details, trailer].map((parts) => `${parts.join('').padEnd(WIDTH)}\n`).join(''));
}
