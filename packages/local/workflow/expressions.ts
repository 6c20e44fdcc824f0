import jsonata from 'jsonata';
import { isJsonObject, type Json } from '../json.ts';
import { STATES_QUERY_EVALUATION_ERROR, StateError } from './errors.ts';

/** What an expression sees: `states`, the variables and the functions, by name without the dollar sign. */
export type Bindings = Readonly<Record<string, unknown>>;

const compiled = new Map<string, jsonata.Expression>();

/** Gives the expression of a `{% … %}` string, trimmed; undefined for any other value. */
export function toExpression(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('{%') || !value.endsWith('%}')) return undefined;
  return value.slice(2, -2).trim();
}

/** Checks the syntax. @throws Error with the parser's message. */
export function parseExpression(expression: string): jsonata.ExprNode {
  return compile(expression).ast();
}

/** Every expression inside a field's value, with its place (`Arguments/MessageBody`). */
export function* findExpressions(
  value: unknown,
  place: string,
): Generator<{ expression: string; place: string }> {
  const expression = toExpression(value);
  if (expression !== undefined) yield { expression, place };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* findExpressions(item, `${place}[${index}]`);
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) yield* findExpressions(item, `${place}/${name}`);
  }
}

/**
 * Gives the field's value with every expression inside it replaced by its result.
 * @throws StateError States.QueryEvaluationError where an expression fails, or gives nothing (undefined) or no JSON.
 */
export async function evaluateField(value: Json, place: string, bindings: Bindings): Promise<Json> {
  const expression = toExpression(value);
  if (expression !== undefined) return evaluate(expression, place, bindings);
  if (Array.isArray(value)) {
    return Promise.all(value.map((item, index) => evaluateField(item, `${place}[${index}]`, bindings)));
  }
  if (!isJsonObject(value)) return value;
  const result: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    result[name] = await evaluateField(item, `${place}/${name}`, bindings);
  }
  return result;
}

/** The error of an expression whose result has the wrong type. */
export function toTypeError(value: Json, place: string, expected: string, given: Json): StateError {
  return new StateError(
    STATES_QUERY_EVALUATION_ERROR,
    `The JSONata expression '${toExpression(value) ?? ''}' specified for the field '${place}' returned an unexpected` +
      ` result type. Expected '${expected}', but was '${nameType(given)}'.`,
    place,
  );
}

async function evaluate(expression: string, place: string, bindings: Bindings): Promise<Json> {
  const result = await compile(expression)
    .evaluate(undefined, bindings)
    .catch((error: unknown) => {
      throw toError(expression, place, `threw an error: ${describe(error)}`);
    });
  if (result === undefined) throw toError(expression, place, 'returned nothing (undefined).');
  const text = JSON.stringify(result, (_name, item) => {
    if (typeof item === 'function' || item?._jsonata_lambda === true) {
      throw toError(expression, place, 'returned a function, which JSON cannot hold.');
    }
    return item;
  });
  return JSON.parse(text);
}

function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression) ?? jsonata(expression);
  compiled.set(expression, known);
  return known;
}

function toError(expression: string, place: string, what: string): StateError {
  const detail = `The JSONata expression '${expression}' specified for the field '${place}' ${what}`;
  return new StateError(STATES_QUERY_EVALUATION_ERROR, detail, place);
}

/** JSONata throws plain objects `{code, message, …}`, functions throw errors. */
function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message].filter((part) => part !== undefined).join(': ');
}

function nameType(value: Json): string {
  if (value === null) return 'NULL';
  return Array.isArray(value) ? 'ARRAY' : typeof value === 'object' ? 'OBJECT' : (typeof value).toUpperCase();
}
