import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toApiTypesText } from '../../scripts/api-types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe("the web app's types of the API", () => {
  test('are those of the committed OpenAPI document (else: node scripts/write-api-types.ts)', () => {
    const document = JSON.parse(read('packages/api/openapi.json'));

    expect(read('packages/web/src/api/types.gen.ts')).toBe(toApiTypesText(document));
  });

  test.each([
    [{ type: 'string' }, 'string'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'integer' }, 'number'],
    [{ enum: ['a', 'b'], type: 'string' }, "'a' | 'b'"],
    [{ type: 'array', items: { $ref: '#/components/schemas/Other' } }, 'readonly (Other)[]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'Readonly<Record<string, string>>'],
  ])('%j is %s', (schema, type) => {
    expect(toApiTypesText({ components: { schemas: { Some: schema } } })).toContain(
      `export type Some = ${type};`,
    );
  });

  test.each([
    [{ type: 'tuple' }, /unknown type tuple/],
    [{ $ref: 'other.json' }, /unknown reference other.json/],
    [{ type: 'object' }, /without properties/],
  ])('%j is refused, not guessed', (schema, message) => {
    expect(() => toApiTypesText({ components: { schemas: { Some: schema } } })).toThrow(message);
  });
});
