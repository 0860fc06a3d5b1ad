import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The way that bytes go: from the client to the server (requests), or back (replies). */
export type Way = 'requests' | 'replies';

/** When a connection is cut with a reset: as soon as bytes go this way, which are not passed on any more. */
export interface Cut {
  readonly way: Way;
  /** So many bytes of this way still pass, counted over all connections from now on. Default 0. */
  readonly afterBytes?: number;
  /** What happens elsewhere just before the cut, after the server has done what it was asked. */
  readonly before?: () => Promise<void> | void;
}

/** Stands between a client and a server, and breaks connections in the ways that networks do. */
export class BreakingProxy {
  /** Whether nothing passes at all, on new connections neither; every connection stays open. */
  swallows = false;
  /** How long every piece of data waits here, in milliseconds. */
  delayMs = 0;
  /** How many connections were taken in. */
  accepted = 0;
  private cut: { readonly order: Cut; left: number } | null = null;
  private readonly deaf = new WeakSet<Socket>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param target host:port */
  static async open(target: string): Promise<BreakingProxy> {
    const [host, port] = target.split(':');
    const server = createServer((client) => proxy.pass(client, connect({ host, port: Number(port) })));
    const proxy = new BreakingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** host:port */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections stand. */
  get standing(): number {
    return this.sockets.size / 2;
  }

  /** From now on nothing passes on the connections that stand, and they stay open; new ones are as good as any. */
  swallowNow(): void {
    for (const socket of this.sockets) this.deaf.add(socket);
  }

  /** Resets every connection that stands. */
  cutNow(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Resets one connection, once: the next one on which bytes go this way. */
  cutAt(order: Cut): void {
    this.cut = { order, left: order.afterBytes ?? 0 };
  }

  /** Whether an ordered cut is still to come. */
  get waitsToCut(): boolean {
    return this.cut !== null;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, server: Socket): void {
    this.accepted++;
    client.setNoDelay(true);
    server.setNoDelay(true);
    for (const [way, from, to] of [
      ['requests', client, server],
      ['replies', server, client],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        if (this.swallows || this.deaf.has(from) || this.cuts(way, bytes, from, to)) return;
        if (this.delayMs === 0) to.write(bytes);
        else setTimeout(() => to.writable && to.write(bytes), this.delayMs);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }

  /** Whether these bytes end their connection; those that still may pass are passed. */
  private cuts(way: Way, bytes: Buffer, from: Socket, to: Socket): boolean {
    const { cut } = this;
    if (cut === null || cut.order.way !== way) return false;
    if (bytes.length <= cut.left) {
      cut.left -= bytes.length;
      return false;
    }
    this.cut = null;
    to.write(bytes.subarray(0, cut.left));
    this.deaf.add(from).add(to);
    void (async () => {
      // What still may pass is on its way before the reset overtakes it.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await cut.order.before?.();
      from.resetAndDestroy();
      to.resetAndDestroy();
    })();
    return true;
  }
}
