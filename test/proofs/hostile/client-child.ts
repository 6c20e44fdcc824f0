/**
 * `node test/proofs/hostile/client-child.ts <registrar> <origin> [--trusting]`, started by hostile.ts: one listing by the
 * shipped adapter and HTTP client, or by plain `fetch`. Prints how it ended, how long it took and how its memory grew.
 */
import { isSyncError } from '#core/errors.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import { createHttpClient } from '#registrars/http.ts';
import { REGISTRARS } from '#registrars/index.ts';

const [id = 'godaddy', origin = '', trusting] = process.argv.slice(2);
const definition = REGISTRARS[id as RegistrarId];
const credentials = Object.fromEntries(
  definition.credentialFields.map(({ name }) => [name, `fake-${name}-1`]),
);
const client = createHttpClient({ allowedOrigins: [origin], allowLoopbackHttp: true });
const account = definition.open(toSecret(credentials), {
  send: client.send,
  origins: { api: origin, identity: origin },
  egressAddress: '127.0.0.1',
  now: Date.now,
});

globalThis.gc?.();
const before = process.memoryUsage().rss;
let most = before;
const look = () => {
  most = Math.max(most, process.memoryUsage().rss);
};
const timer = setInterval(look, 5);
const began = performance.now();
const call = trusting ? fetch(origin).then((answer) => answer.text()) : account.listPage(null);
const code = await call.then(
  () => 'no error',
  (error: unknown) => (isSyncError(error) ? error.code : String(error)),
);
look();
clearInterval(timer);
const grownMib = (most - before) / 2 ** 20;
process.stdout.write(`${JSON.stringify({ code, ms: performance.now() - began, grownMib })}\n`);
process.exit(0);
