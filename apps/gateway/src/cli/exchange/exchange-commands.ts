import { Argument } from 'commander';
import type { Command } from 'commander';
import { INBOUND_STATES, OUTBOUND_STATES } from '@concord/core/exchanges/domain/exchange-state';
import type { OpenedFile } from '@concord/core/exchanges/commands/preview-result';
import type { ReplayResult } from '@concord/core/exchanges/commands/exchange-replay-handler';
import type { ResentFile } from '@concord/core/exchanges/commands/resend-handler';
import type { ExchangeFilter } from '@concord/core/exchanges/exchange-reads';
import { Refusal } from '@concord/core/platform/errors';
import { countArgument, dateArgument } from '../arguments.js';
import { ask, REASON } from '../ask.js';
import { exchangeList, exchangeShow } from '../operations/look.js';
import { perform } from '../perform.js';
import { exchangeTable, exchangeText } from '../render/exchanges.js';
import { previewText } from '../render/preview.js';
import { replayText, resendText } from '../render/repeated.js';
import { note, print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}
interface Reason {
  readonly reason: string;
}
interface Repeat extends Json {
  readonly reason?: string;
  readonly preview?: boolean;
}

const STATES = [...new Set([...OUTBOUND_STATES, ...INBOUND_STATES])];
const EXCHANGE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const quiet = (): void => undefined;

/** Registers `exchange list`, `show`, `preview`, `run`, `hold`, `release`, `cancel`, `resend`, `replay` and `decide`. */
export function addExchangeCommands(exchange: Command): void {
  addReads(exchange);
  addDecisions(exchange);
  addRepeats(exchange);
}

function addReads(exchange: Command): void {
  exchange
    .command('list')
    .description('files sent and received, the newest first, and what each waits for')
    .option('--connector <id>', 'only this connector')
    .option('--date <date>', 'only this business day', dateArgument)
    .option('--state <state>', `only files in this state: ${STATES.join(', ')}`)
    .option('--direction <direction>', 'only files sent (out) or received (in)')
    .option('--limit <number>', 'at most so many', countArgument)
    .option('--json', 'print JSON')
    .action(async ({ json, ...filter }: Json & ExchangeFilter) => {
      refuseUnknown('state', filter.state, STATES);
      refuseUnknown('direction', filter.direction, ['out', 'in']);
      const found = await perform(exchangeList, filter, quiet);
      print(json ? JSON.stringify(found, null, 2) : exchangeTable(found));
    });
  exchange
    .command('show')
    .description('one file with its records, why it waits, and what was decided of it')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const found = await perform(exchangeShow, { id }, quiet);
      print(json ? JSON.stringify(found, null, 2) : exchangeText(found));
    });
  exchange
    .command('preview')
    .description(
      'what a connector would send, or what a file that waits says: its records and its bytes, without any effect',
    )
    .argument('<id>', 'a connector, or a file that was not sent yet')
    .option('--date <date>', "the day that a connector's files are shown for; default the office's today", dateArgument)
    .option('--json', 'print JSON')
    .action(async (id: string, { date, json }: Json & { date?: string }) => {
      const exchangeId = EXCHANGE_ID.test(id);
      if (exchangeId && date !== undefined) {
        throw new Refusal('date-of-exchange', 'a file has its date: --date is for connectors');
      }
      const body = exchangeId ? { exchangeId: id } : { connectorId: id, ...(date === undefined ? {} : { date }) };
      const { files } = await ask<{ files: OpenedFile[] }>('exchange-preview', body);
      print(json ? JSON.stringify({ files }, null, 2) : previewText(files));
    });
}

function addDecisions(exchange: Command): void {
  exchange
    .command('run')
    .description('judge, build and send what a connector has to say now, whatever its schedule')
    .argument('<connector>')
    .option('--json', 'print JSON')
    .action(async (connectorId: string, { json }: Json) => {
      const result = await ask<{ exchanges: string[] }>('exchange-run', { connectorId });
      if (json) return print(JSON.stringify(result, null, 2));
      const { exchanges } = result;
      note(exchanges.length === 0 ? 'There was nothing to say.' : 'Each file, as `exchange show` has it:');
      return exchanges.forEach((id) => print(id));
    });
  const decisions = [
    ['hold', 'exchange-hold', 'keep a file that was not released yet from going out'],
    ['release', 'exchange-release', 'let a file go on that waits for a person'],
    ['cancel', 'exchange-cancel', 'give a file up before it is numbered; what it would have said stays to be said'],
  ] as const;
  for (const [name, kind, description] of decisions) {
    exchange
      .command(name)
      .description(description)
      .argument('<id>')
      .requiredOption(...REASON)
      .option('--json', 'print JSON')
      .action(async (exchangeId: string, { reason, json }: Json & Reason) =>
        tellState(await ask<{ state: string }>(kind, { exchangeId, reason }), json),
      );
  }
  exchange
    .command('decide')
    .description(
      "apply a partner's file that came under the name of an earlier one, or put it away unread; or say that a file whose confirmation was lost has arrived",
    )
    .argument('<id>')
    .addArgument(new Argument('<decision>').choices(['apply', 'dismiss', 'arrived']))
    .requiredOption(...REASON)
    .option('--json', 'print JSON')
    .action(async (exchangeId: string, decision: string, { reason, json }: Json & Reason) =>
      tellState(await ask<{ state: string }>('exchange-decide', { exchangeId, decision, reason }), json),
    );
}

function addRepeats(exchange: Command): void {
  exchange
    .command('resend')
    .description('send files of one partner once more as they were, in their original order')
    .argument('<ids...>')
    .option(...REASON)
    .option('--preview', 'only show what would be sent')
    .option('--json', 'print JSON')
    .action(async (exchangeIds: string[], options: Repeat) => {
      const result = await ask<{ files: ResentFile[] }>('exchange-resend', { exchangeIds, ...repeat(options) });
      print(options.json ? JSON.stringify(result, null, 2) : resendText(result.files));
    });
  exchange
    .command('replay')
    .description("apply a partner's archived file again: only what is missing has an effect")
    .argument('<id>')
    .option(...REASON)
    .option('--preview', 'only show what it would change')
    .option('--json', 'print JSON')
    .action(async (exchangeId: string, options: Repeat) => {
      const result = await ask<ReplayResult>('exchange-replay', { exchangeId, ...repeat(options) });
      print(options.json ? JSON.stringify(result, null, 2) : replayText(result, options.preview ?? false));
    });
}

/** Looking needs no reason; doing does. */
function repeat({ reason, preview = false }: Repeat): { reason: string; preview: boolean } {
  if (reason === undefined && !preview) {
    throw new Refusal('reason-missing', "required option '--reason <text>' not specified; --preview needs none");
  }
  return { reason: reason ?? 'preview', preview };
}

function tellState(result: { readonly state: string }, json: boolean | undefined): void {
  print(json ? JSON.stringify(result, null, 2) : `It is ${result.state} now.`);
}

function refuseUnknown(option: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw new Refusal('option-unknown', `--${option} ${value}: there are ${known.join(', ')}`);
}
