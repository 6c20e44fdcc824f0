import type { Row, Value } from './rows.ts';

/**
 * What must hold of the stored row for a write to happen. Comparisons are DynamoDB's: one with an absent attribute, or
 * with one of another type, is false; only `differs` is true of it.
 */
export type Condition =
  | { readonly op: 'exists' | 'absent'; readonly attribute: string }
  | { readonly op: Comparison; readonly attribute: string; readonly value: Value }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] };

/** How an attribute is compared, as DynamoDB writes it. */
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** The attribute is there. */
export const exists = (attribute: string): Condition => ({ op: 'exists', attribute });
/** The attribute is not there, or the row itself isn't. */
export const absent = (attribute: string): Condition => ({ op: 'absent', attribute });
/** The attribute is there, of that type and value. */
export const equal = (attribute: string, value: Value): Condition => ({ op: '=', attribute, value });
/** Another value, or none. */
export const differs = (attribute: string, value: Value): Condition => ({ op: '<>', attribute, value });
/** A number or text that is less. */
export const below = (attribute: string, value: Value): Condition => ({ op: '<', attribute, value });
/** A number or text that is less or equal. */
export const atMost = (attribute: string, value: Value): Condition => ({ op: '<=', attribute, value });
/** A number or text that is more. */
export const above = (attribute: string, value: Value): Condition => ({ op: '>', attribute, value });
/** All conditions hold. */
export const allOf = (...of: readonly Condition[]): Condition => ({ op: 'and', of });
/** At least one condition holds. */
export const anyOf = (...of: readonly Condition[]): Condition => ({ op: 'or', of });

/** The fence of a child row: nobody with a higher epoch wrote it. */
export const notNewerThan = (epoch: number): Condition => anyOf(absent('epoch'), atMost('epoch', epoch));

/** Whether a condition holds of a row (undefined: of a row that isn't there). */
export function holds(condition: Condition, row: Row | undefined): boolean {
  switch (condition.op) {
    case 'and':
      return condition.of.every((part) => holds(part, row));
    case 'or':
      return condition.of.some((part) => holds(part, row));
    case 'exists':
      return row?.[condition.attribute] !== undefined;
    case 'absent':
      return row?.[condition.attribute] === undefined;
    default:
      return compares(condition.op, row?.[condition.attribute], condition.value);
  }
}

function compares(op: Comparison, stored: Value | undefined, value: Value): boolean {
  if (op === '<>') return stored !== value;
  if (op === '=') return stored === value;
  if (typeof stored === 'number' && typeof value === 'number') return isOrdered(op, stored - value);
  if (typeof stored === 'string' && typeof value === 'string')
    return isOrdered(op, stored < value ? -1 : stored > value ? 1 : 0);
  return false;
}

function isOrdered(op: '<' | '<=' | '>' | '>=', difference: number): boolean {
  if (op === '<') return difference < 0;
  if (op === '<=') return difference <= 0;
  return op === '>' ? difference > 0 : difference >= 0;
}
