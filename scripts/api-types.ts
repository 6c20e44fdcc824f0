/** The parts of JSON Schema that the API's description uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}

const refPrefix = '#/components/schemas/';

/**
 * TypeScript for every schema of the API's OpenAPI document, by its name there: what the web app knows of the API.
 * @throws Error for a form of schema that the document didn't use so far.
 */
export function toApiTypesText(document: {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}): string {
  const types = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${toComment(schema, '')}export type ${name} = ${toType(schema, '')};\n`,
  );
  return `// Written by scripts/write-api-types.ts from packages/api/openapi.json. Don't edit.\n\n${types.join('\n')}`;
}

function toType(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) {
    if (!schema.$ref.startsWith(refPrefix)) throw new Error(`unknown reference ${schema.$ref}`);
    return schema.$ref.slice(refPrefix.length);
  }
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  return [schema.type ?? []]
    .flat()
    .map((type) => toTypeOf(type, schema, indent))
    .join(' | ');
}

function toTypeOf(type: string, schema: Schema, indent: string): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${toType(schema.items ?? {}, indent)})[]`;
    case 'object':
      return toObjectType(schema, indent);
    default:
      throw new Error(`unknown type ${type}`);
  }
}

function toObjectType(schema: Schema, indent: string): string {
  if (!schema.properties) {
    if (typeof schema.additionalProperties !== 'object') throw new Error('an object without properties');
    return `Readonly<Record<string, ${toType(schema.additionalProperties, indent)}>>`;
  }
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    const mark = schema.required?.includes(name) ? '' : '?';
    return `${toComment(property, inner)}${inner}readonly ${name}${mark}: ${toType(property, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function toComment({ description }: Schema, indent: string): string {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '* /')} */\n`;
}
