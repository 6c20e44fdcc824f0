import { readFileSync, writeFileSync } from 'node:fs';
import { toApiTypesText } from './api-types.ts';

/** Writes the web app's types of the API anew. Run it after a change of packages/api/openapi.json. */
const document = JSON.parse(readFileSync(new URL('../packages/api/openapi.json', import.meta.url), 'utf8'));
writeFileSync(new URL('../packages/web/src/api/types.gen.ts', import.meta.url), toApiTypesText(document));
