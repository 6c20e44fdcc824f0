/**
 * `npm start`: the whole product on this machine. On stdout, a line each: `simulators <address>`, and when it serves,
 * `ready <address>`. What it is doing goes to stderr, what functions print to `logs/` in the data folder.
 */
import { startServer } from './server.ts';
import { readSettings } from './settings.ts';

// Lambda runs in UTC; and nobody else on this machine may read what is written here
process.env.TZ = 'UTC';
process.umask(0o077);

try {
  const server = await startServer(readSettings(process.env), {
    note: (text) => process.stderr.write(`${text}\n`),
    simulators: (url) => process.stdout.write(`simulators ${url}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  process.stdout.write(`ready ${server.url}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
