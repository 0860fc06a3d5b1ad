import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import type { Requester } from '../../cases/http/requester.js';
import { FieldCipher } from '../../crypto/field-cipher.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE } from '../../platform/tokens.js';
import type { CommandKind } from '../command-kinds.js';
import { awaitCommand, orderCommand } from '../command-order.js';
import { openedResult } from '../command-result.js';

/** How long a request waits for its command: below what proxies and clients commonly allow. */
const WAIT_MS = 30_000;

const ACCEPTED = 202;

/** Orders what a request asks of the connectors, and answers with what came of it. */
@Injectable()
export class CommandReplies {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  /**
   * @returns the command's result, with the status that the route has; or its number, with status 202, when it takes longer than
   *   a request waits: it goes on, and `GET commands/{id}` says what came of it
   * @throws Refusal that ended the command, or `command-failed`
   */
  async of(
    reply: FastifyReply,
    by: Requester,
    kind: CommandKind,
    body: Readonly<Record<string, unknown>>,
    waitMs = WAIT_MS,
  ): Promise<unknown> {
    const id = await orderCommand(this.gateway, kind, body, { ...by, at: this.clock.now() });
    try {
      return openedResult(this.cipher, id, kind, await awaitCommand(this.gateway, id, waitMs));
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'command-waiting')) throw error;
      reply.status(ACCEPTED);
      return { command: id };
    }
  }
}
