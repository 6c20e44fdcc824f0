import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tryLock } from './data-dir.ts';

/** The repository's own folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const sourceFolders = [
  'infra',
  'functions',
  'packages',
  'docs/help',
  'node_modules/.package-lock.json',
  'package.json',
];
/** They are not in any bundle, and the first would make each change of the local run itself a new synth. */
const apart = ['packages/local', 'packages/simulators'];
const context = { stage: 'dev', 'aws:cdk:enable-path-metadata': true };
const keptAssemblies = 4;

/** Where the synthesized stack is, and whether it had to be made. */
export interface Synthesis {
  readonly folder: string;
  readonly isFresh: boolean;
}

/**
 * Gives the cloud assembly of the sources as they are now: each state of the sources has a folder of its own, named
 * by their hash, so that stale code can't run and a server that is up keeps what it loaded from.
 * @throws Error with the output of `infra/app.ts` when that fails.
 */
export async function synthesize(
  root = ROOT,
  tell: (text: string) => void = () => undefined,
): Promise<Synthesis> {
  const out = join(root, 'cdk.out');
  const folder = join(out, `local-${hashSources(root)}`);
  if (isUsable(folder)) return { folder, isFresh: false };
  mkdirSync(out, { recursive: true });
  const release = await waitForLock(join(out, 'local.lock'));
  try {
    // another start may have made it meanwhile
    if (isUsable(folder)) return { folder, isFresh: false };
    tell('bundling the functions and synthesizing the stack');
    await makeAssembly(root, folder);
    forgetOld(out);
    return { folder, isFresh: true };
  } finally {
    release();
  }
}

function isUsable(folder: string): boolean {
  if (!existsSync(join(folder, 'manifest.json'))) return false;
  utimesSync(folder, new Date(), new Date());
  return true;
}

/** Two at a time would write the bundles over each other. */
async function waitForLock(file: string): Promise<() => void> {
  for (;;) {
    const release = tryLock(file);
    if (release) return release;
    await sleep(100);
  }
}

async function makeAssembly(root: string, folder: string): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await runApp(root, draft);
    if (!existsSync(join(draft, 'manifest.json'))) throw new Error('infra/app.ts wrote no cloud assembly');
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A hash over the text of everything that the bundles and the template are made of. */
export function hashSources(root: string): string {
  const hash = createHash('sha256').update(`${process.version}\0${JSON.stringify(context)}\0`);
  const add = (path: string): void => {
    const name = relative(root, path);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats || apart.includes(name) || /(^|\/)(dist|node_modules)$/.test(name)) return;
    if (stats.isDirectory()) for (const entry of readdirSync(path).sort()) add(join(path, entry));
    else hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  };
  for (const folder of sourceFolders) add(join(root, folder));
  return hash.digest('hex').slice(0, 16);
}

function runApp(root: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'infra', 'app.ts')], {
    cwd: root,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name))),
      CDK_OUTDIR: folder,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`infra/app.ts failed (exit ${code}):\n${output.trim()}`)),
    );
  });
}

/** Keeps the newest few assemblies: an older one may still serve a server that is up. */
function forgetOld(folder: string): void {
  const found = readdirSync(folder)
    .filter((name) => name.startsWith('local-') && !name.endsWith('.draft'))
    .map((name) => ({ path: join(folder, name), usedAt: statSync(join(folder, name)).mtimeMs }))
    .sort((left, right) => right.usedAt - left.usedAt);
  for (const { path } of found.slice(keptAssemblies)) rmSync(path, { recursive: true, force: true });
}
