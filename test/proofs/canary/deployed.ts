import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '#core/ids.ts';
import { createSearcher } from './forms.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');

/** What somebody who deploys has in the environment. */
const VARIABLES = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'NPM_TOKEN',
  'GITHUB_TOKEN',
  'GODADDY_API_SECRET',
  'GANDI_API_TOKEN',
];

/**
 * Synthesizes the stack with secrets in the environment, and counts those that turn up in what would be deployed: the
 * template, its assets with the functions' bundles and the web site.
 */
export async function searchDeployed(): Promise<{
  readonly found: number;
  readonly planted: number;
  readonly bytes: number;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'canary-deployed-'));
  try {
    const environment = Object.fromEntries(VARIABLES.map((name) => [name, `fake-canary-${newId()}+/=&"<%`]));
    await run(process.execPath, ['infra/app.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...environment, CDK_OUTDIR: folder },
      maxBuffer: 64_000_000,
    });
    const { count } = createSearcher(Object.values(environment));
    const whole = readAll(folder);
    const found = count(whole);
    writeFileSync(join(folder, 'planted.js'), `const token = ${JSON.stringify(environment.NPM_TOKEN)};\n`);
    return { found, planted: count(readAll(folder)), bytes: whole.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readAll(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}
