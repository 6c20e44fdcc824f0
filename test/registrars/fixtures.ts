import { readFileSync } from 'node:fs';

/** The text of a file in `fixtures/`, such as `godaddy/domains.json`. */
export function readFixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}
