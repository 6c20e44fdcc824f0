import type { Attributes, Row, RowKey, Value } from './rows.ts';

/** A change of single attributes; no attribute may be named twice as a target. Copies read the row before the change. */
export interface Update {
  readonly set?: Attributes;
  /** Sets what isn't there yet. */
  readonly setIfAbsent?: Attributes;
  /** Sets an attribute to what another held before the update, or to `otherwise` where that one is absent. */
  readonly copy?: Readonly<Record<string, { readonly from: string; readonly otherwise: Value }>>;
  /** Adds to a number; an absent one counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

/** The update that sets fields, and removes those that are null: an absent attribute stands for null. */
export function toSetOrRemove(fields: Readonly<Record<string, Value | undefined>>): {
  readonly set: Attributes;
  readonly remove: readonly string[];
} {
  const known = Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return {
    set: Object.fromEntries(known.filter(([, value]) => value !== null)),
    remove: known.filter(([, value]) => value === null).map(([name]) => name),
  };
}

/** The attributes of a row without those that are null or undefined: absent stands for null. */
export function withoutNulls(fields: Readonly<Record<string, Value | undefined>>): Attributes {
  return toSetOrRemove(fields).set;
}

/** The row that an update makes of a stored one. */
export function applyUpdate(key: RowKey, stored: Row | undefined, update: Update): Row {
  const before: Attributes = stored ?? {};
  const after: Record<string, Value> = { ...before, ...key };
  for (const [name, value] of Object.entries(update.set ?? {})) after[name] = value;
  for (const [name, value] of Object.entries(update.setIfAbsent ?? {})) after[name] = before[name] ?? value;
  for (const [name, { from, otherwise }] of Object.entries(update.copy ?? {}))
    after[name] = before[from] ?? otherwise;
  for (const [name, amount] of Object.entries(update.add ?? {}))
    after[name] = ((before[name] as number | undefined) ?? 0) + amount;
  for (const name of update.remove ?? []) delete after[name];
  return after as Row;
}
