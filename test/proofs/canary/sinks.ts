import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readAllRows } from '../support/rows.ts';

/** Where credentials could leak to. */
export type SinkName = 'output' | 'answers' | 'logs' | 'states' | 'queues' | 'files' | 'rows';

/** Everything that a system left, by where it could have leaked to. */
export type Sinks = Readonly<Record<SinkName, Buffer>>;

/** Reads all that stands in a data folder whose system has stopped, beside what it said while it ran. */
export async function readSinks(dataDir: string, output: string, answers: readonly string[]): Promise<Sinks> {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  // First as they lie: who opens a database tidies away what its log still holds.
  const raw = files.map((file) => [relative(dataDir, file), readFileSync(file)] as const);
  const opened = files.map((file) => [relative(dataDir, file), readDatabase(file)] as const);
  const of = (isWanted: (path: string) => boolean) =>
    Buffer.concat([...raw, ...opened].filter(([path]) => isWanted(path)).map(([, bytes]) => bytes));
  const isLog = (path: string) => path.startsWith('logs/');
  const isState = (path: string) => path.includes('workflow');
  const isQueue = (path: string) => path.includes('queues');
  const rows = await readAllRows(dataDir);
  return {
    output: Buffer.from(output),
    answers: Buffer.from(answers.join('\n')),
    logs: of(isLog),
    states: of(isState),
    queues: of(isQueue),
    files: of((path) => !isLog(path) && !isState(path) && !isQueue(path)),
    rows: Buffer.from([...rows].map(([key, row]) => `${key} ${row} ${toLeaves(JSON.parse(row))}`).join('\n')),
  };
}

/** The rows of a SQLite file as text: in its pages a long value may lie in pieces. */
function readDatabase(file: string): Buffer {
  if (!/\.(sqlite|db)$/.test(file)) return Buffer.alloc(0);
  const db = new DatabaseSync(file);
  const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const texts = names.flatMap(({ name }) =>
    db
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => Object.values(row).map(toText).join(' ')),
  );
  db.close();
  return Buffer.from(texts.join('\n'));
}

function toText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

/** All texts of a row as they are, without what JSON makes of them. */
function toLeaves(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(toLeaves).join('\n');
}
