/** What a partner does with what comes in at its front door. */
export interface Reception {
  /** Makes the account's folders where they are missing. */
  prepare(user: string): void;
  /** A final name in the inbox is being written directly, or is gone again. */
  unfinished(user: string, name: string, unfinished: boolean): void;
  /** A file got its final name in the inbox. Resolves when it can't be lost any more; judgement comes later. */
  complete(user: string, name: string): Promise<void>;
}
