import type { Admin, Kafka } from 'kafkajs';
import { within } from './within.js';

/** A question that takes longer is taken for lost with its connection. */
const ANSWER_WITHIN_MS = 10_000;
const ASK_AGAIN_MS = 200;
const PASSING = ['GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR_FOR_GROUP'];

/**
 * Asks the cluster where things stand. The client keeps a connection on which nothing comes back any more, and would ask on it
 * for ever: here one that failed is thrown away, and the next question opens another.
 */
export class Administrator {
  private admin: Promise<Admin> | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly answerWithinMs = ANSWER_WITHIN_MS,
  ) {}

  /** @throws KafkaJSError or Error when the cluster does not answer in time */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = (this.admin ??= this.connect());
    try {
      return await within(this.untilAnswered(admin, question), this.answerWithinMs, 'the cluster did not answer');
    } catch (error) {
      if (this.admin === admin) this.admin = null;
      letGo(admin);
      throw error;
    }
  }

  async close(): Promise<void> {
    const admin = this.admin;
    this.admin = null;
    const gone = admin?.then((connected) => connected.disconnect());
    if (gone) await within(gone, ANSWER_WITHIN_MS, 'still connected').catch(() => undefined);
  }

  /** A coordinator that has just been started refuses for a moment, which the client does not wait for everywhere. */
  private async untilAnswered<T>(admin: Promise<Admin>, question: (admin: Admin) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await question(await admin);
      } catch (error) {
        const { type } = error as { type?: unknown };
        if (this.admin !== admin || !PASSING.includes(String(type))) throw error;
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
    }
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
    } catch (error) {
      void admin.disconnect().catch(() => undefined);
      throw error;
    }
    return admin;
  }
}

function letGo(admin: Promise<Admin>): void {
  void admin.then((connected) => connected.disconnect()).catch(() => undefined);
}
