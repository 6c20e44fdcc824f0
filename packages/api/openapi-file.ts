import { readFile } from 'node:fs/promises';

let document: Promise<{ readonly openapi: string }> | undefined;

/**
 * The document beside this file, and beside the bundle that this file becomes a part of: read when it is first asked
 * for, since most instances never are.
 */
export function readOpenApi(): Promise<{ readonly openapi: string }> {
  document ??= readFile(new URL('./openapi.json', import.meta.url), 'utf8').then(JSON.parse);
  return document;
}
