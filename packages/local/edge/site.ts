import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { EdgeAnswer, EdgeRequest } from '../gateway/types.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/** Answers from the files of the site, as the bucket behind CloudFront does. `root` stands for the path `/`. */
export function createSite(
  folders: readonly string[],
  root: string,
): (request: EdgeRequest, path: string) => Promise<EdgeAnswer> {
  return async (request, path) => {
    const file = await findFile(folders, path === '/' ? `/${root}` : path);
    // a bucket that may not be listed answers 403 for what it doesn't have
    if (!file)
      return { status: 403, headers: { 'content-type': types['.txt'] ?? '' }, body: 'Access Denied\n' };
    const etag = `"${createHash('sha256').update(file.body).digest('base64url').slice(0, 22)}"`;
    const headers = { etag, 'cache-control': 'no-cache', 'content-type': file.type };
    if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: '' };
    return { status: 200, headers, body: file.body };
  };
}

async function findFile(folders: readonly string[], path: string) {
  const name = toFileName(path);
  if (name === undefined) return undefined;
  for (const folder of folders) {
    try {
      const body = await readFile(join(folder, name));
      return { body, type: types[extname(name)] ?? 'application/octet-stream' };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
}

/** The file that a path means inside a folder; undefined where it would lead out of it. */
function toFileName(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // a broken escape names no file
    return undefined;
  }
  const name = normalize(decoded.replace(/^\/+/, ''));
  return decoded.includes('\0') || name.startsWith('..') || name.startsWith(sep) ? undefined : name;
}
