import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Stands between a client and a server, and can keep every byte for itself while all connections stay open. */
export class SwallowingProxy {
  /** Whether nothing passes at all, on new connections neither. */
  swallows = false;
  private readonly deaf = new WeakSet<Socket>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param target host:port */
  static async open(target: string): Promise<SwallowingProxy> {
    const [host, port] = target.split(':');
    const server = createServer((client) => proxy.pass(client, connect({ host, port: Number(port) })));
    const proxy = new SwallowingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** host:port */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on nothing passes on the connections that stand; new ones are as good as any. */
  swallowNow(): void {
    for (const socket of this.sockets) this.deaf.add(socket);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        if (!this.swallows && !this.deaf.has(from)) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
