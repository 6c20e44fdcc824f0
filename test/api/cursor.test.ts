import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CursorScope, createCursors } from '#api/cursor.ts';
import { createMemoryVault } from '../support/vault.ts';

const cursors = createCursors(createMemoryVault());
const scope: CursorScope = { tenantId: 'tenant-a', list: 'domains/name', filters: { tld: ['com'] } };
const form = z.strictObject({ name: z.string() });
const position = { name: 'example.com' };

async function write(at: CursorScope = scope): Promise<string> {
  return (await cursors.write(at, position)) as string;
}

describe('a cursor', () => {
  test('leads where it was written, and nothing leads to the begin', async () => {
    expect(await cursors.read(scope, await write(), form)).toEqual(position);
    expect(await cursors.read(scope, undefined, form)).toBeUndefined();
    expect(await cursors.write(scope, undefined)).toBeNull();
  });

  test('does not care in which order filters were given', async () => {
    const one = { ...scope, filters: { tld: ['com'], q: 'x' } };
    const other = { ...scope, filters: { q: 'x', tld: ['com'] } };

    expect(await cursors.read(other, await write(one), form)).toEqual(position);
  });

  test.each<[string, CursorScope]>([
    ['another tenant', { ...scope, tenantId: 'tenant-b' }],
    ['another list', { ...scope, list: 'domains/expiresAt' }],
    ['other filters', { ...scope, filters: { tld: ['net'] } }],
    ['no filters', { ...scope, filters: {} }],
  ])('is refused for %s', async (_title, other) => {
    await expect(cursors.read(other, await write(), form)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
      detail: 'The cursor is not one that this list gave, with these filters.',
    });
  });

  test('is refused by another deployment, and where an older version wrote it', async () => {
    const elsewhere = createCursors(createMemoryVault());
    const older = await cursors.write(scope, { offset: 5 });

    await expect(elsewhere.read(scope, await write(), form)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
    await expect(cursors.read(scope, older as string, form)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });

  test('T02: is refused however it was changed', async () => {
    const good = await write();
    const changed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .tuple(fc.nat(good.length - 1), fc.string({ minLength: 1, maxLength: 2 }))
        .map(([at, text]) => good.slice(0, at) + text + good.slice(at + 1)),
      fc.nat(good.length - 1).map((at) => good.slice(0, at)),
      fc.constantFrom(`${good}=`, `${good}A`, ` ${good}`, good.toUpperCase(), `${good}.${good}`, '.', ''),
    );

    await fc.assert(
      fc.asyncProperty(changed, async (cursor) => {
        fc.pre(cursor !== good);
        await expect(cursors.read(scope, cursor, form)).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
      }),
      { numRuns: 500 },
    );
  });
});
