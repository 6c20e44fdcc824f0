import * as z from 'zod/mini';
import { ROUTES } from './route-list.ts';
import type { Content, RouteSpec } from './routes/route.ts';

/** A part of a JSON Schema, or of the document. */
type Json = Readonly<Record<string, unknown>>;

/** The description of the API (OpenAPI 3.1), made of the schemas that check requests. */
export function toOpenApiDocument(): Json {
  const named = new Map<string, Json>();
  const toSchema = (schema: z.ZodMiniType) => describe(schema, named);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: toOperation(route, toSchema) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Domain Collective',
      version: '1',
      description: 'All your domains, from every registrar, in one place. Read-only towards registrars.',
    },
    security: [{ accessToken: [] }],
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: Object.fromEntries(named),
      parameters: {},
    },
    paths,
    webhooks: {},
  };
}

/** The document as it is kept beside this file. */
export function toOpenApiText(): string {
  return `${JSON.stringify(toOpenApiDocument(), null, 2)}\n`;
}

type ToSchema = (schema: z.ZodMiniType) => Json;

function toOperation(route: RouteSpec, toSchema: ToSchema): Json {
  const { operationId, summary, description, security, request = {}, responses } = route;
  const parameters = [
    ...toParameters(request.params, 'path', toSchema),
    ...toParameters(request.query, 'query', toSchema),
    ...toParameters(request.headers, 'header', toSchema),
  ];
  return {
    operationId,
    summary,
    ...(description && { description }),
    ...(security && { security }),
    ...(parameters.length > 0 && { parameters }),
    ...(request.body && {
      requestBody: { required: true, content: toContent(request.body.content, toSchema) },
    }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [
        status,
        {
          description: response.description,
          ...(response.content && { content: toContent(response.content, toSchema) }),
        },
      ]),
    ),
  };
}

function toParameters(fields: z.ZodMiniObject | undefined, where: string, toSchema: ToSchema): Json[] {
  if (fields === undefined) return [];
  const { required = [] } = toSchema(fields) as { readonly required?: readonly string[] };
  return Object.entries(fields.shape).map(([name, field]) => {
    const schema = toSchema(field as z.ZodMiniType);
    const { description } = schema;
    return {
      schema,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      name,
      in: where,
    };
  });
}

function toContent(content: Content, toSchema: ToSchema): Json {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema }]) => [type, { schema: toSchema(schema) }]),
  );
}

/** A schema in JSON Schema. Those that have an id become components, each before the ones that it names itself. */
function describe(schema: z.ZodMiniType, named: Map<string, Json>): Json {
  const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input', override });
  const add = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (named.has(name)) continue;
      const { id: _id, ...definition } = $defs[name] ?? {};
      const json = tidy(definition) as Json;
      named.set(name, json);
      add(json);
    }
  };
  const json = tidy(own) as Json;
  add(json);
  return json;
}

/** Where a text is read as something else, its schema's own words say what to send. */
function override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }): void {
  const { type, ...words } = z.globalRegistry.get(zodSchema) ?? {};
  if (type === undefined) return;
  for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
  Object.assign(jsonSchema, { type, ...words });
}

/** What zod says more than a reader needs: formats spelled out as patterns, the bounds of safe integers. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [
    key,
    key === 'properties' ? tidyEach(child) : tidy(child),
  ]);
  const { $ref, anyOf, pattern, propertyNames: _, ...json } = Object.fromEntries(entries);
  if ($ref !== undefined) return { $ref: $ref.replace('#/$defs/', '#/components/schemas/') };
  if (pattern !== undefined && !('format' in json)) json.pattern = pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (anyOf === undefined) return toWordsLast(json);
  const [inner, none] = anyOf;
  const isNullable = anyOf.length === 2 && none.type === 'null' && typeof inner.type === 'string';
  return isNullable ? { ...inner, type: [inner.type, 'null'], ...json } : { anyOf, ...json };
}

function tidyEach(properties: object): object {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, tidy(schema)]));
}

/** Form first, then what is said about it. */
function toWordsLast({ description, example, ...form }: Record<string, unknown>): Json {
  return {
    ...form,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  };
}
