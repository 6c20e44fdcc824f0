import type { Condition } from './conditions.ts';
import type { RowQuery, SortRange, Value } from './rows.ts';
import type { IndexForm, TableForm } from './table.ts';
import type { Update } from './updates.ts';

/** Parameters of a DynamoDB request: names and values always stand behind placeholders, so that no word is reserved. */
export interface Expressions {
  /** The placeholder of an attribute name. */
  name(attribute: string): string;
  /** The placeholder of a value. */
  value(value: Value): string;
  /** What the placeholders stand for; a field that would be empty is left out, as DynamoDB demands. */
  toParameters(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, Value>;
  };
}

/** Makes the placeholders of one request. */
export function createExpressions(): Expressions {
  const names = new Map<string, string>();
  const values: Record<string, Value> = {};
  return {
    name(attribute) {
      const known = names.get(attribute);
      if (known !== undefined) return known;
      const placeholder = `#n${names.size}`;
      names.set(attribute, placeholder);
      return placeholder;
    },
    value(value) {
      const placeholder = `:v${Object.keys(values).length}`;
      values[placeholder] = value;
      return placeholder;
    },
    toParameters: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries(
          [...names].map(([name, placeholder]) => [placeholder, name]),
        ),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}

/** A condition as a ConditionExpression. */
export function toConditionExpression(condition: Condition, to: Expressions): string {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.map((part) => `(${toConditionExpression(part, to)})`).join(` ${condition.op} `);
    case 'exists':
      return `attribute_exists(${to.name(condition.attribute)})`;
    case 'absent':
      return `attribute_not_exists(${to.name(condition.attribute)})`;
    default:
      return `${to.name(condition.attribute)} ${condition.op} ${to.value(condition.value)}`;
  }
}

/** An update as an UpdateExpression; undefined where it changes nothing. */
export function toUpdateExpression(update: Update, to: Expressions): string | undefined {
  const sets = [
    ...Object.entries(update.set ?? {}).map(([name, value]) => `${to.name(name)} = ${to.value(value)}`),
    ...Object.entries(update.setIfAbsent ?? {}).map(
      ([name, value]) => `${to.name(name)} = if_not_exists(${to.name(name)}, ${to.value(value)})`,
    ),
    ...Object.entries(update.copy ?? {}).map(
      ([name, { from, otherwise }]) =>
        `${to.name(name)} = if_not_exists(${to.name(from)}, ${to.value(otherwise)})`,
    ),
  ];
  const adds = Object.entries(update.add ?? {}).map(
    ([name, amount]) => `${to.name(name)} ${to.value(amount)}`,
  );
  const removes = (update.remove ?? []).map((name) => to.name(name));
  const clauses = [
    sets.length > 0 && `SET ${sets.join(', ')}`,
    adds.length > 0 && `ADD ${adds.join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.join(', ')}`,
  ].filter((clause) => clause !== false);
  return clauses.length > 0 ? clauses.join(' ') : undefined;
}

/** The key condition of a query. */
export function toKeyExpression(query: RowQuery, form: TableForm | IndexForm, to: Expressions): string {
  const partition = `${to.name(form.partition)} = ${to.value(query.pk)}`;
  return query.sk === undefined ? partition : `${partition} and ${toSortExpression(query.sk, form.sort, to)}`;
}

function toSortExpression(range: SortRange, attribute: string, to: Expressions): string {
  const sort = to.name(attribute);
  if ('beginsWith' in range) return `begins_with(${sort}, ${to.value(range.beginsWith)})`;
  if ('before' in range) return `${sort} < ${to.value(range.before)}`;
  const [first, last] = range.between;
  return `${sort} between ${to.value(first)} and ${to.value(last)}`;
}

/** The index that a query names, or the table itself. @throws Error for an index that the table doesn't have */
export function toQueriedForm(query: RowQuery, table: TableForm): TableForm | IndexForm {
  if (query.index === undefined) return table;
  const index = table.indexes.find((form) => form.name === query.index);
  if (index === undefined) throw new Error(`the table has no index ${query.index}`);
  return index;
}
