/** The thread that dynalite runs in, so that a large query doesn't hold up the other stand-ins. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { rebuildIndexes } from './tables-repair.ts';

const { path, closedFile } = workerData as { readonly path: string; readonly closedFile: string };
// The file is there as long as the tables are closed: where it isn't, a write was cut.
if (!existsSync(closedFile)) await rebuildIndexes(path);
rmSync(closedFile, { force: true });
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
    if (isAtRest && !error) writeFileSync(closedFile, '', { mode: 0o600 });
    parentPort?.close();
  });
  server.closeAllConnections();
});
