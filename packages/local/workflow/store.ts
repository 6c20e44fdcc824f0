import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { ExecutionRecord, ExecutionStatus, HistoryEvent, Thread } from './thread.ts';

/** A registered state machine; `createdAt` in epoch milliseconds. */
export interface MachineRecord {
  readonly arn: string;
  readonly definitionHash: string;
  readonly roleArn: string;
  readonly createdAt: number;
}

/** Everything that one turn of an execution changed. */
interface Commit {
  readonly record: ExecutionRecord;
  readonly changed: Iterable<Thread>;
  readonly removed: Iterable<string>;
  readonly events: readonly HistoryEvent[];
  readonly tokens: readonly { readonly token: string; readonly threadId: string }[];
}

/** Where executions survive the process. Each call is one transaction; `commit` is all or nothing. */
export interface WorkflowStore {
  saveMachine(machine: MachineRecord, definitionJson: string): void;
  loadMachines(): MachineRecord[];
  loadDefinition(hash: string): string | undefined;
  commit(commit: Commit): void;
  loadExecution(arn: string): ExecutionRecord | undefined;
  loadThreads(arn: string): Thread[];
  listRunning(): string[];
  /** Newest first. */
  listExecutions(
    machineArn: string,
    status: ExecutionStatus | null,
    limit: number,
    offset: number,
  ): ExecutionRecord[];
  /** By event number, or from the last one back. */
  loadEvents(arn: string, limit: number, offset: number, isReverse: boolean): HistoryEvent[];
  findToken(token: string): { readonly arn: string; readonly threadId: string } | undefined;
  /** Forgets executions that ended before the time (epoch milliseconds). */
  forgetClosedBefore(time: number): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS machines (arn TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, status TEXT NOT NULL,
    started_at INTEGER NOT NULL, stopped_at INTEGER, body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, started_at);
  CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status, stopped_at);
  CREATE TABLE IF NOT EXISTS threads (
    arn TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (arn, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    arn TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (arn, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, arn TEXT NOT NULL, thread_id TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS tokens_by_execution ON tokens (arn);
`;

/**
 * Opens the store in a folder (made where it is missing), file `workflow.sqlite`. Write-ahead log with
 * synchronous=NORMAL: a killed process loses nothing, a machine without power at most the last turns.
 */
export function openWorkflowStore(folder: string): WorkflowStore {
  mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(join(folder, 'workflow.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA);
  const run = createRunner(db);
  return {
    saveMachine: (machine, definitionJson) =>
      inTransaction(db, () => {
        run.write('INSERT OR IGNORE INTO definitions VALUES (?, ?)', machine.definitionHash, definitionJson);
        run.write('INSERT OR REPLACE INTO machines VALUES (?, ?)', machine.arn, JSON.stringify(machine));
      }),
    loadMachines: () => run.readBodies<MachineRecord>('SELECT body FROM machines ORDER BY arn'),
    loadDefinition: (hash) =>
      run.read('SELECT body FROM definitions WHERE hash = ?', hash)[0]?.body as string,
    commit: (commit) => inTransaction(db, () => writeCommit(run.write, commit)),
    loadExecution: (arn) =>
      run.readBodies<ExecutionRecord>('SELECT body FROM executions WHERE arn = ?', arn)[0],
    loadThreads: (arn) => run.readBodies<Thread>('SELECT body FROM threads WHERE arn = ?', arn),
    listRunning: () =>
      run
        .read("SELECT arn FROM executions WHERE status = 'RUNNING' ORDER BY started_at")
        .map((row) => `${row.arn}`),
    listExecutions: (machineArn, status, limit, offset) =>
      run.readBodies<ExecutionRecord>(
        `SELECT body FROM executions WHERE machine_arn = ? AND (? IS NULL OR status = ?)
         ORDER BY started_at DESC, arn LIMIT ? OFFSET ?`,
        machineArn,
        status,
        status,
        limit,
        offset,
      ),
    loadEvents: (arn, limit, offset, isReverse) =>
      run.readBodies<HistoryEvent>(
        `SELECT body FROM events WHERE arn = ? ORDER BY id ${isReverse ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
        arn,
        limit,
        offset,
      ),
    findToken: (token) => {
      const row = run.read('SELECT arn, thread_id FROM tokens WHERE token = ?', token)[0];
      return row === undefined ? undefined : { arn: `${row.arn}`, threadId: `${row.thread_id}` };
    },
    forgetClosedBefore: (time) => inTransaction(db, () => forget(run, time)),
    close: () => db.close(),
  };
}

type Row = Readonly<Record<string, unknown>>;

interface Runner {
  write(sql: string, ...values: SQLInputValue[]): void;
  read(sql: string, ...values: SQLInputValue[]): Row[];
  readBodies<T>(sql: string, ...values: SQLInputValue[]): T[];
}

/** Statements are prepared once; there is a fixed, small number of them. */
function createRunner(db: DatabaseSync): Runner {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  const read = (sql: string, ...values: SQLInputValue[]): Row[] => prepare(sql).all(...values);
  return {
    write: (sql, ...values) => void prepare(sql).run(...values),
    read,
    readBodies: (sql, ...values) => read(sql, ...values).map((row) => JSON.parse(row.body as string)),
  };
}

function inTransaction(db: DatabaseSync, act: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    act();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function writeCommit(write: Runner['write'], { record, changed, removed, events, tokens }: Commit): void {
  write(
    'INSERT OR REPLACE INTO executions VALUES (?, ?, ?, ?, ?, ?)',
    record.arn,
    record.machineArn,
    record.status,
    record.startedAt,
    record.stoppedAt,
    JSON.stringify(record),
  );
  for (const id of removed) write('DELETE FROM threads WHERE arn = ? AND id = ?', record.arn, id);
  for (const thread of changed) {
    write('INSERT OR REPLACE INTO threads VALUES (?, ?, ?)', record.arn, thread.id, JSON.stringify(thread));
  }
  for (const event of events) {
    write('INSERT INTO events VALUES (?, ?, ?)', record.arn, event.id, JSON.stringify(event));
  }
  for (const { token, threadId } of tokens) {
    write('INSERT INTO tokens VALUES (?, ?, ?)', token, record.arn, threadId);
  }
}

function forget(run: Runner, time: number): void {
  const closed = run.read("SELECT arn FROM executions WHERE status <> 'RUNNING' AND stopped_at < ?", time);
  for (const { arn } of closed) {
    for (const table of ['events', 'tokens', 'threads', 'executions']) {
      run.write(`DELETE FROM ${table} WHERE arn = ?`, `${arn}`);
    }
  }
}
