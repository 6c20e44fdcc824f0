import type { ChildProcess } from 'node:child_process';
import { ConditionFailedError, type RowStore } from '#store/rows.ts';

/** A call of a row store, on its way to the process that holds the rows. */
interface Call {
  readonly id: number;
  readonly table: string;
  readonly method: keyof RowStore;
  readonly given: readonly unknown[];
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: 'condition' | string;
}

type AnyMethod = (...given: readonly unknown[]) => Promise<unknown>;

/** Rows that the parent process holds, so that they don't count as this one's memory. */
export function createDistantRows(table: string): RowStore {
  const method =
    (name: keyof RowStore): AnyMethod =>
    (...given) =>
      ask({ table, method: name, given });
  const names = ['get', 'put', 'update', 'updateAndRead', 'delete', 'query', 'batchDelete'] as const;
  return Object.fromEntries(names.map((name) => [name, method(name)])) as unknown as RowStore;
}

/** Answers a child's calls from these rows, by the name of their table. */
export function lendRows(child: ChildProcess, tables: Readonly<Record<string, RowStore>>): void {
  child.on('message', (message: Call | { readonly told: unknown }) => {
    if ('told' in message) return;
    const { id, table, method, given } = message;
    const rows = tables[table] as unknown as Record<string, AnyMethod>;
    (rows[method] as AnyMethod)(...given).then(
      (answer) => child.send({ id, answer } satisfies Reply),
      (error: unknown) =>
        child.send({ id, failure: error instanceof ConditionFailedError ? 'condition' : String(error) }),
    );
  });
}

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
let last = 0;

function ask(call: Omit<Call, 'id'>): Promise<unknown> {
  if (last === 0) process.on('message', settle);
  last += 1;
  const id = last;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  waiting.set(id, { resolve, reject });
  process.send?.({ id, ...call });
  return promise;
}

function settle({ id, answer, failure }: Reply): void {
  const caller = waiting.get(id);
  waiting.delete(id);
  if (failure === undefined) caller?.resolve(answer);
  else caller?.reject(failure === 'condition' ? new ConditionFailedError() : new Error(failure));
}
