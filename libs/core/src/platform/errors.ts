/** An expected outcome that ends a command: told to the person in one line, never logged as a fault of Concord's. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    /** Stable and machine-readable, e.g. `debt-unknown`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
