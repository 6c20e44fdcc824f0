import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import document from '#api/openapi.json' with { type: 'json' };

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>
  >;
}

const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
ajv.addSchema(document, 'api');

/** Every documented operation by `METHOD /path`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      `${method.toUpperCase()} ${path}`,
      operation as Operation,
    ]),
  ),
);

/** What the tests of this file's process saw, as `METHOD /path status`. */
export const seen = new Set<string>();

/** Holds an answer of a known path against what the document says of its operation, status and form. */
export function checkAnswer(answer: {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}): void {
  const name = findOperation(answer.method, answer.path);
  if (name === undefined) return;
  const responses = operations.get(name)?.responses ?? {};
  const documented = responses[answer.status];
  expect(documented, `${name} answered ${answer.status}: ${answer.text}`).toBeDefined();
  seen.add(`${name} ${answer.status}`);
  const [type] = Object.keys(documented?.content ?? {});
  if (type === undefined) {
    expect(answer.text).toBe('');
    return;
  }
  expect(answer.headers.get('content-type')).toBe(type);
  const pointer = [
    'paths',
    name.slice(name.indexOf(' ') + 1),
    name.slice(0, name.indexOf(' ')).toLowerCase(),
    'responses',
    String(answer.status),
    'content',
    type,
    'schema',
  ];
  const path = pointer
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`api#/${path}`);
  if (!validate) throw new Error(`no schema at ${path}`);
  validate(JSON.parse(answer.text));
  expect(validate.errors ?? [], `${name} ${answer.status}: ${answer.text.slice(0, 300)}`).toEqual([]);
}

function findOperation(method: string, url: string): string | undefined {
  const parts = (url.split('?')[0] ?? '').split('/');
  const fits = (template: string) => {
    const wanted = template.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part === parts[index] || part.startsWith('{'))
    );
  };
  return [...operations.keys()].find((name) => {
    const [operationMethod, path = ''] = name.split(' ');
    return operationMethod === method && fits(path);
  });
}
