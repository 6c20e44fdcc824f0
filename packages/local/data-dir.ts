import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a running (or former) local run leaves in its data folder for other commands. */
export interface RuntimeFile {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  readonly simulatorPort: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
}

/** A data folder that belongs to this process until it gives it back or ends. */
export interface DataDir {
  readonly path: string;
  /** What the run before wrote, if there was one. */
  readonly former: RuntimeFile | undefined;
  writeRuntime(runtime: RuntimeFile): void;
  release(): void;
}

/**
 * Opens the data folder for one process at a time. The hold is a lock of the operating system on a file, so that it
 * ends with the process, however that ends.
 * @throws Error when another process has it.
 */
export function openDataDir(folder: string): DataDir {
  const path = resolve(folder);
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new Error(`${path} is a file, and DATA_DIR wants a folder`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const release = tryLock(join(path, 'lock'));
  if (!release) {
    const holder = readRuntime(path);
    const who = holder ? ` (process ${holder.pid}, ${holder.url})` : '';
    throw new Error(`${path} is in use by another local run${who}: stop that one, or set another DATA_DIR`);
  }
  return {
    path,
    former: readRuntime(path),
    writeRuntime(runtime) {
      writePrivateFile(join(path, 'runtime.json'), `${JSON.stringify(runtime, null, 2)}\n`);
    },
    release,
  };
}

/**
 * Takes a lock of the operating system on a file (SQLite's own, which ends with the process). Gives the release, or
 * undefined while another has it.
 */
export function tryLock(file: string): (() => void) | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof Error && error.message.includes('locked')) return undefined;
    throw error;
  }
}

/** What the last local run on a data folder wrote, or undefined when none ever served there. */
export function readRuntime(folder: string): RuntimeFile | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'runtime.json'), 'utf8')) as RuntimeFile;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`can't read ${join(folder, 'runtime.json')}`, { cause: error });
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
