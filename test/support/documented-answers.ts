import Ajv2020 from 'ajv/dist/2020.js';
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

export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * What of an answer isn't as the document says of its operation, status and form; undefined where all is, or where the
 * document knows no such operation.
 */
export function findUndocumented(answer: Answered): string | undefined {
  const name = findOperation(answer.method, answer.path);
  if (name === undefined) return undefined;
  const told = `${name} answered ${answer.status}: ${answer.text.slice(0, 300)}`;
  const documented = operations.get(name)?.responses[answer.status];
  if (!documented) return told;
  const [type] = Object.keys(documented.content ?? {});
  if (type === undefined) return answer.text === '' ? undefined : told;
  if (answer.headers.get('content-type') !== type) return `${told} as ${answer.headers.get('content-type')}`;
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
  return validate(JSON.parse(answer.text)) ? undefined : `${told} ${JSON.stringify(validate.errors)}`;
}

/** The operation that a call is of, as `METHOD /path`. */
export function findOperation(method: string, url: string): string | undefined {
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
