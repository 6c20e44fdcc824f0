import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toEventSchemas } from './event-schemas.ts';

const folder = join(import.meta.dirname, '..', 'events', 'schemas');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(toEventSchemas())) writeFileSync(join(folder, name), text);
