/** The thread that dynalite runs in, so that a large query doesn't hold up the other stand-ins. */
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { openRepaired } from './tables-repair.ts';

const { path, closedFile } = workerData as { readonly path: string; readonly closedFile: string };
const { noteClosed } = await openRepaired(path, closedFile);
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));

let underWay = 0;
server.on('request', (_request, response) => {
  underWay += 1;
  response.once('finish', () => {
    underWay -= 1;
  });
});
parentPort?.on('message', () => {
  // a write that is under way now may be cut between an item and its entries, too
  const isAtRest = underWay === 0;
  server.close((error) => {
    if (isAtRest && !error) noteClosed();
    parentPort?.close();
  });
  server.closeAllConnections();
});
