/** `npm run -s token -- <name> [--ttl seconds]`: prints a bearer token of the local server on DATA_DIR, nothing else. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readRuntime } from './data-dir.ts';
import { readIssuerKeys } from './issuer/keys.ts';
import { signAccessToken } from './issuer/tokens.ts';
import { readSettings } from './settings.ts';

const usage = 'usage: npm run -s token -- <name> [--ttl <seconds, may be negative>]';

async function main(args: readonly string[]): Promise<string> {
  const { name, ttlSeconds } = readArguments(args);
  const dataDir = resolve(readSettings(process.env).dataDir);
  const runtime = readRuntime(dataDir);
  if (!runtime)
    throw new Error(`no local server has run on ${dataDir} yet: start it with npm start, or set DATA_DIR`);
  return signAccessToken(name, ttlSeconds, readIssuerKeys(dataDir), runtime, Date.now());
}

function readArguments(args: readonly string[]): { name: string; ttlSeconds: number } {
  if (args.at(-1) === '--ttl') throw new Error(usage);
  // a negative number after --ttl would be read as an option of its own
  const joined = args.flatMap((arg, index) =>
    arg === '--ttl' ? [] : args[index - 1] === '--ttl' ? [`--ttl=${arg}`] : [arg],
  );
  const { values, positionals } = parseArgs({
    args: joined,
    options: { ttl: { type: 'string', default: '3600' } },
    allowPositionals: true,
  });
  const [name, ...rest] = positionals;
  const ttlSeconds = Number(values.ttl);
  if (name === undefined || rest.length > 0 || !/^-?\d+$/.test(values.ttl)) throw new Error(usage);
  return { name, ttlSeconds };
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
