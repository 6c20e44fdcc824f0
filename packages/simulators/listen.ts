import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens, and where. */
export interface Listening {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Ends at once: open connections are destroyed, and with them the delays of their answers. */
  close(): Promise<void>;
}

/**
 * Serves HTTP/1.1 with keep-alive. Port 0 takes any free port.
 * @throws Error when the port is taken.
 */
export function listen(handler: RequestListener, host: string, port: number): Promise<Listening> {
  // Longer than any client keeps a connection, so that a reused one is never closed under a request.
  const server = createServer({ keepAlive: true, keepAliveTimeout: 75_000 }, handler);
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
      const why = isTaken
        ? 'another program listens there: choose another port, or 0 for any'
        : cause.message;
      reject(new Error(`the simulators cannot listen on ${host}:${port}: ${why}`, { cause }));
    });
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo;
      resolve({
        origin: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
        close: () =>
          new Promise((closed, failed) => {
            server.close((error) => (error === undefined ? closed() : failed(error)));
            server.closeAllConnections();
          }),
      });
    });
  });
}
