import document from '#api/openapi.json' with { type: 'json' };

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Described {
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** An operation that the OpenAPI document describes. */
export interface Operation {
  /** In capitals. */
  readonly method: string;
  /** `/v1/integrations/{id}` */
  readonly template: string;
  readonly needsToken: boolean;
  readonly query: readonly string[];
  /** The name of the schema of its body; undefined where it takes none. */
  readonly bodySchema: string | undefined;
  /** Statuses that it may answer. */
  readonly statuses: readonly number[];
}

/** Every operation of the document. */
export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([template, methods]) =>
    Object.entries(methods as Readonly<Record<string, Described>>).map(([method, described]) =>
      toOperation(template, method, described),
    ),
);

function toOperation(template: string, method: string, described: Described): Operation {
  const schema = described.requestBody?.content['application/json']?.schema;
  return {
    method: method.toUpperCase(),
    template,
    needsToken: described.security === undefined || described.security.length > 0,
    query: (described.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
    bodySchema: schema?.$ref?.split('/').at(-1),
    statuses: Object.keys(described.responses).map(Number),
  };
}

/** Every path of the document that asks for a token. */
export const TEMPLATES: readonly string[] = [
  ...new Set(OPERATIONS.filter(({ needsToken }) => needsToken).map(({ template }) => template)),
];

/** A body that the schema of that name takes, so that nothing but the id decides. */
const BODIES: Readonly<Record<string, unknown>> = {
  NewIntegration: {
    registrar: 'gandi',
    environment: 'simulator',
    credentials: { apiToken: 'fake-proof-gandi-token' },
  },
  IntegrationChanges: { label: 'mine now' },
  NewCredentials: { credentials: { apiToken: 'fake-proof-gandi-token' } },
  SettingsChanges: { expiringSoonDays: 7 },
};

/** The operation of a method and path; undefined where the document has none. */
export function findOperation(method: string, template: string): Operation | undefined {
  return OPERATIONS.find((each) => each.method === method && each.template === template);
}

/** A body for an operation. @throws Error for a schema that has none yet: a new route must not go unasked */
export function toBody(operation: Operation | undefined): unknown {
  if (operation?.bodySchema === undefined) return undefined;
  const body = BODIES[operation.bodySchema];
  if (body === undefined) throw new Error(`the proofs have no body of schema ${operation.bodySchema}`);
  return body;
}
