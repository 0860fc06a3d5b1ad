/** A debt as the API shows it. */
export interface DebtView {
  readonly id: string;
  readonly number: number;
  readonly caseId: string;
  readonly sourceReference: string;
  readonly type: string;
  readonly aroseFromContract: boolean | null;
  readonly delinquentOn: string | null;
  readonly balanceMinor: number;
  readonly parties: readonly { readonly id: string; readonly role: string }[];
}

/** What a partner should hold of a debt and what it holds, as `concord positions` prints it. */
export interface PositionView {
  readonly connector: string;
  readonly desired: string;
  readonly known: string;
  readonly knownMinor: number;
  readonly releaseOwedOn: string | null;
}

/** Why a partner may not be told of a debt. */
export interface BlockView {
  readonly connector: string;
  readonly rule: string;
  readonly outcome: string;
  readonly reason: string;
  readonly citation: string;
}

export interface PositionsView {
  readonly positions: readonly PositionView[];
  readonly blocks: readonly BlockView[];
}

/** The HTTP API of a running instance, as an office's own programs call it. */
export class Api {
  /** @param url without its path, such as `http://127.0.0.1:3000` */
  constructor(private readonly url: string) {}

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /** Every debt of an office, without its parties. */
  async debts(jurisdiction: string): Promise<Omit<DebtView, 'parties'>[]> {
    return this.get(`/debts?jurisdiction=${jurisdiction}&limit=1000`);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-concord-actor': 'officer:e2e' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
