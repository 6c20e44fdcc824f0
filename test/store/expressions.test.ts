import { describe, expect, test } from 'vitest';
import { above, absent, allOf, anyOf, atMost, differs, exists } from '#store/conditions.ts';
import {
  createExpressions,
  toConditionExpression,
  toKeyExpression,
  toQueriedForm,
  toUpdateExpression,
} from '#store/expressions.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';

describe('expressions', () => {
  test('of a condition keep its nesting and name every attribute by a placeholder', () => {
    const to = createExpressions();
    const condition = allOf(exists('PK'), anyOf(absent('lease'), atMost('lease', 5)), differs('status', 'x'));

    expect(toConditionExpression(condition, to)).toBe(
      '(attribute_exists(#n0)) and ((attribute_not_exists(#n1)) or (#n1 <= :v0)) and (#n2 <> :v1)',
    );
    expect(to.toParameters()).toEqual({
      ExpressionAttributeNames: { '#n0': 'PK', '#n1': 'lease', '#n2': 'status' },
      ExpressionAttributeValues: { ':v0': 5, ':v1': 'x' },
    });
  });

  test('of an update have one clause for each kind of change', () => {
    const to = createExpressions();
    const update = {
      set: { a: 1 },
      setIfAbsent: { b: 2 },
      copy: { c: { from: 'a', otherwise: 0 } },
      add: { d: 3 },
      remove: ['e'],
    };

    expect(toUpdateExpression(update, to)).toBe(
      'SET #n0 = :v0, #n1 = if_not_exists(#n1, :v1), #n2 = if_not_exists(#n0, :v2) ADD #n3 :v3 REMOVE #n4',
    );
  });

  test('of nothing are left out, as DynamoDB refuses empty ones', () => {
    expect(toUpdateExpression({ set: {}, remove: [] }, createExpressions())).toBeUndefined();
    expect(createExpressions().toParameters()).toEqual({});
    const to = createExpressions();
    toConditionExpression(exists('PK'), to);
    expect(to.toParameters()).toEqual({ ExpressionAttributeNames: { '#n0': 'PK' } });
  });

  test.each([
    [{ pk: 'P' }, '#n0 = :v0'],
    [{ pk: 'P', sk: { beginsWith: 'x' } }, '#n0 = :v0 and begins_with(#n1, :v1)'],
    [{ pk: 'P', sk: { before: 'x' } }, '#n0 = :v0 and #n1 < :v1'],
    [{ pk: 'P', sk: { between: ['a', 'b'] as const } }, '#n0 = :v0 and #n1 between :v1 and :v2'],
  ])('of the keys of %j are %s', (query, expected) => {
    expect(toKeyExpression(query, PORTFOLIO_TABLE, createExpressions())).toBe(expected);
  });

  test('an index that the table does not have is an error', () => {
    expect(() => toQueriedForm({ pk: 'x', index: 'ops' }, { ...PORTFOLIO_TABLE, indexes: [] })).toThrow(
      /no index/,
    );
  });

  test('a comparison stands as it is', () => {
    expect(toConditionExpression(above('n', 1), createExpressions())).toBe('#n0 > :v0');
  });
});
