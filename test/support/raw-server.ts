import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that writes bytes instead of HTTP. */
export interface RawServer {
  readonly origin: string;
  /** Connections so far. */
  connections(): number;
  /** What came in, of all connections together. */
  received(): string;
  close(): Promise<void>;
}

/** Answers each connection, once its request's head is there, by what `answer` does with the socket. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let received = '';
  let count = 0;
  const server = createServer((socket) => {
    count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The client breaks off where it refuses the answer: that is what these tests are about.
    socket.on('error', () => undefined);
    let head = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      const had = head.includes('\r\n\r\n');
      head += bytes.toString('latin1');
      if (!had && head.includes('\r\n\r\n')) answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    received: () => received,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
