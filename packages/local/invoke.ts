/**
 * `npm run invoke -- <function> <event file>`: runs one function once with the event of a file, on the stand-ins of
 * DATA_DIR, or of a folder for this one call, and prints its result. A name that isn't one gives the list of names.
 */
import { readFileSync } from 'node:fs';
import { invokeOnce } from './invoke-once.ts';
import { synthesize } from './synth.ts';

process.env.TZ = 'UTC';
process.umask(0o077);

async function main([name, eventFile]: readonly string[]): Promise<void> {
  if (name === undefined || eventFile === undefined)
    throw new Error('usage: npm run invoke -- <function> <event file>');
  const event = JSON.stringify(JSON.parse(readFileSync(eventFile, 'utf8')));
  const { folder } = await synthesize();
  const dataDir = process.env.DATA_DIR || undefined;
  const outcome = await invokeOnce({ assembly: folder, name, event, dataDir });
  const result: unknown = outcome.ok ? JSON.parse(outcome.payload) : outcome.error;
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (!outcome.ok) process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
