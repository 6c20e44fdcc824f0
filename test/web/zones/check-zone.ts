import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A record as BIND writes it: one line, the owner absolute. */
export interface LoadedRecord {
  readonly owner: string;
  readonly ttl: number;
  readonly type: string;
  readonly rdata: string;
}

export interface Loaded {
  readonly status: number | null;
  /** What it complained of. */
  readonly log: string;
  readonly records: readonly LoadedRecord[];
}

/**
 * Loads a zone file as a server would: names checked, and what is outside the zone not asked for, as no test needs the
 * network.
 * @throws Error without named-checkzone (Debian: bind9-utils).
 */
export function loadZone(name: string, text: string): Loaded {
  const folder = mkdtempSync(join(tmpdir(), 'zone-'));
  try {
    const file = join(folder, 'zone');
    writeFileSync(file, text);
    const args = ['-k', 'fail', '-i', 'local', '-D', '-o', '-', name, file];
    const run = spawnSync('named-checkzone', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (run.error) throw run.error;
    return { status: run.status, log: run.stderr, records: run.stdout.split('\n').flatMap(readLine) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readLine(line: string): readonly LoadedRecord[] {
  const [, owner = '', ttl, type = '', rdata = ''] = /^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$/.exec(line) ?? [];
  return ttl === undefined ? [] : [{ owner, ttl: Number(ttl), type, rdata }];
}
