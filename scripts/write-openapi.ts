import { writeFileSync } from 'node:fs';
import { toOpenApiText } from '#api/openapi.ts';

/** Writes packages/api/openapi.json anew. Run it after a change of the API's schemas: `node scripts/write-openapi.ts`. */
writeFileSync(new URL('../packages/api/openapi.json', import.meta.url), toOpenApiText());
