import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { DELIVERY_METHODS } from '@concord/core/cases/domain/proof';
import type { DeliveryMethod } from '@concord/core/cases/domain/proof';
import { LANGUAGES, NOTICE_KINDS } from '@concord/core/notices/domain/notice-kind';
import type { Language, NoticeKind } from '@concord/core/notices/domain/notice-kind';
import { Refusal } from '@concord/core/platform/errors';
import { countArgument, dateArgument } from '../arguments.js';
import { noticesList, noticesMake, noticesPosted, noticesRelease } from '../operations/notices.js';
import { perform } from '../perform.js';
import { batchTable, madeText, releasedText } from '../render/notices.js';
import { actor, print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

interface MakeOptions extends Json {
  readonly jurisdiction: string;
  readonly kind: NoticeKind;
  readonly language: Language;
  readonly debt?: string[];
  readonly type?: string[];
  readonly minBalance?: number;
  readonly minAge?: number;
  readonly notWithin?: number;
  readonly after?: number;
  readonly limit?: number;
  readonly key?: string;
}

interface PostedOptions extends Json {
  readonly on: string;
  readonly method: DeliveryMethod;
  readonly trackingNumber?: string;
  readonly tracking?: string;
  readonly notPosted?: string[];
  readonly despite?: string[];
}

const quiet = (): void => undefined;
const MOST = 1000;

/** Registers `notices make`, `list`, `release` and `posted`. */
export function addNoticesCommands(notices: Command): void {
  notices
    .command('make')
    .description('make a batch of letters; debts with something in the way are left out, with the reason')
    .requiredOption('--jurisdiction <id>', 'the office')
    .addOption(new Option('--kind <kind>', 'the letter').choices(NOTICE_KINDS).makeOptionMandatory())
    .addOption(new Option('--language <language>', 'its language').choices(LANGUAGES).default('en'))
    .option(
      '--debt <number...>',
      "Concord's numbers of the debts, or their ids; default all that the next options find",
    )
    .option('--type <type...>', 'only debts of these types')
    .option('--min-balance <minor>', 'only debts of which so much is owed, in minor units', countArgument)
    .option('--min-age <days>', 'only debts that are so old', countArgument)
    .option(
      '--not-within <days>',
      'leave out what had the same letter within so many days; default ever',
      countArgument,
    )
    .option('--limit <number>', `at most so many letters; default ${MOST}`, countArgument)
    .option('--after <number>', 'go on after this debt, as the batch before has said', countArgument)
    .option('--key <text>', 'the same key is made once')
    .option('--json', 'print JSON')
    .action(async ({ json, ...options }: MakeOptions) => {
      const made = await perform(
        noticesMake,
        {
          jurisdictionId: options.jurisdiction,
          kind: options.kind,
          language: options.language,
          debts: options.debt ?? [],
          selection: {
            debtTypes: options.type ?? null,
            minAgeDays: options.minAge ?? 0,
            minBalanceMinor: options.minBalance ?? 1,
            maxBalanceMinor: null,
            notWithinDays: options.notWithin ?? 0,
            after: options.after ?? null,
          },
          limit: Math.min(options.limit ?? MOST, MOST),
          idempotencyKey: options.key ?? null,
          actor: actor(),
        },
        quiet,
      );
      print(json ? JSON.stringify(made, null, 2) : madeText(made));
    });
  notices
    .command('list')
    .description('batches of letters, the newest first')
    .option('--jurisdiction <id>', 'only this office')
    .option('--state <state>', 'only made, released, posted or cancelled ones')
    .option('--json', 'print JSON')
    .action(async ({ json, ...filter }: Json & { jurisdiction?: string; state?: string }) => {
      const found = await perform(noticesList, filter, quiet);
      print(json ? JSON.stringify(found, null, 2) : batchTable(found));
    });
  notices
    .command('release')
    .description('read every position once more, take out what may not go, and print the others')
    .argument('<id>', 'the batch')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const released = await perform(noticesRelease, { id, actor: actor() }, quiet);
      print(json ? JSON.stringify(released, null, 2) : releasedText(released));
    });
  notices
    .command('posted')
    .description('record that the letters of a batch were posted')
    .argument('<id>', 'the batch')
    .requiredOption('--on <date>', 'the day on which they were handed over', dateArgument)
    .addOption(new Option('--method <method>', 'how').choices(DELIVERY_METHODS).makeOptionMandatory())
    .option('--tracking-number <number>', 'of the only letter of a batch')
    .option('--tracking <file>', "the carrier's list: CSV with the columns notice and tracking_number")
    .option('--not-posted <id...>', 'letters that were held back')
    .option('--despite <id...>', 'letters that went out although something has come in the way since the release')
    .option('--json', 'print JSON')
    .action(async (id: string, { json, on, method, trackingNumber, tracking, ...named }: PostedOptions) => {
      const letters = { notPosted: named.notPosted ?? [], despite: named.despite ?? [] };
      const order = { id, on, method, trackingNumber: trackingNumber ?? null, ...letters, actor: actor() };
      const trackingCsv = tracking === undefined ? null : await read(tracking);
      const posted = await perform(noticesPosted, { ...order, trackingCsv }, quiet);
      const text = posted.posted ? `Recorded as posted. Letters: ${posted.notices}.` : 'It was recorded before.';
      print(json ? JSON.stringify(posted, null, 2) : text);
    });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal('tracking-unreadable', `${file} can not be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
