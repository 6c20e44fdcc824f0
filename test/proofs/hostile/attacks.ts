import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

const MIB = 2 ** 20;
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** Writes the same piece so many times, as fast as whoever reads takes it. */
function pour(socket: Socket, piece: Buffer, times: number): void {
  let left = times;
  const go = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(piece)) {
        socket.once('drain', go);
        return;
      }
    }
    if (!socket.destroyed) socket.end();
  };
  go();
}

function drip(socket: Socket, text: string): void {
  socket.write(`${HEAD}content-length: 1000000\r\n\r\n`);
  const timer = setInterval(() => socket.write(text), 200);
  socket.once('close', () => clearInterval(timer));
}

const letters = Buffer.alloc(MIB, 'x');
const chunk = Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), letters, Buffer.from('\r\n')]);
const nested = Buffer.from('<a>'.repeat(350_000));

/** Answers that are made to take memory or time, by name: each fills the socket of one call. */
export const ATTACKS: Readonly<Record<string, (socket: Socket) => void>> = {
  'a-bomb-of-1-GiB-in-gzip': (socket) => {
    const bomb = gzipSync(Buffer.alloc(1024 * MIB), { level: 9 });
    socket.end(
      Buffer.concat([
        Buffer.from(`${HEAD}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`),
        bomb,
      ]),
    );
  },
  '300-MiB': (socket) => {
    socket.write(`${HEAD}content-length: ${300 * MIB}\r\n\r\n`);
    pour(socket, letters, 300);
  },
  'chunks-for-ever': (socket) => {
    socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
    pour(socket, chunk, 100_000);
  },
  'a-header-of-1-GiB': (socket) => {
    socket.write(`${HEAD}x: `);
    pour(socket, letters, 1024);
  },
  'a-million-headers': (socket) => {
    socket.write(HEAD);
    pour(socket, Buffer.from('a: b\r\n'.repeat(10_000)), 100);
  },
  'a-byte-at-a-time': (socket) => drip(socket, ' '),
  'a-head-that-drips': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ');
    const timer = setInterval(() => socket.write('y'), 200);
    socket.once('close', () => clearInterval(timer));
  },
  silence: () => undefined,
  '9-MiB-of-nested-arrays': (socket) => {
    const body = Buffer.alloc(9 * MIB, '[');
    socket.end(Buffer.concat([Buffer.from(`${HEAD}content-length: ${body.length}\r\n\r\n`), body]));
  },
  'nested-XML': (socket) => {
    const body = Buffer.concat([Buffer.from('<ApiResponse Status="OK">'), nested]);
    socket.end(
      Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n`),
        body,
      ]),
    );
  },
};
