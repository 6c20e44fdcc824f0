import { describe, expect, test } from 'vitest';
import type { ListPage } from '#core/registrar.ts';
import { createPageReader } from '#sync/steps/page-reader.ts';

/** An account of so many pages, which notes what it is asked for and answers when it is told to. */
function createAccount(pages: number, isNumbered = true) {
  const asked: string[] = [];
  let answer: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return {
    asked,
    answer,
    async listPage(cursor: string | null): Promise<ListPage> {
      const page = Number(cursor ?? '1');
      asked.push(String(page));
      if (page > 1) await isOpen;
      const later = Array.from({ length: Math.max(0, pages - page - 1) }, (_, index) =>
        String(page + 2 + index),
      );
      return {
        domains: [],
        nextCursor: page < pages ? String(page + 1) : null,
        declaredTotal: pages,
        skipped: 0,
        ...(isNumbered && { laterCursors: later }),
      };
    },
  };
}

describe('a reader of pages', () => {
  test('asks for later pages before their turn, so many at once and none twice', async () => {
    const account = createAccount(6);
    const reader = createPageReader(account, 3);

    let page = await reader.read(null);
    expect(account.asked).toEqual(['1', '2', '3', '4']);
    account.answer();
    while (page.nextCursor !== null) page = await reader.read(page.nextCursor);

    expect(account.asked).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('asks for one after the other where pages are not numbered', async () => {
    const account = createAccount(3, false);
    const reader = createPageReader(account, 3);

    await reader.read(null);

    expect(account.asked).toEqual(['1']);
  });

  test('asks again for a page that failed, and not for those behind it', async () => {
    const account = createAccount(4);
    let failures = 1;
    const reader = createPageReader(
      {
        async listPage(cursor) {
          const page = await account.listPage(cursor);
          if (cursor === '2' && failures-- > 0) throw new Error('fake outage');
          return page;
        },
      },
      3,
    );
    account.answer();
    await reader.read(null);

    await expect(reader.read('2')).rejects.toThrow('fake outage');
    expect((await reader.read('2')).nextCursor).toBe('3');
    await reader.read('3');
    await reader.read('4');

    expect(account.asked.sort()).toEqual(['1', '2', '2', '3', '4']);
  });

  test('settles when nothing is under way any more, whatever came of it', async () => {
    const account = createAccount(3);
    const reader = createPageReader(account, 3);
    await reader.read(null);
    let isSettled = false;
    const settled = reader.settle().then(() => {
      isSettled = true;
    });
    await Promise.resolve();
    expect(isSettled).toBe(false);

    account.answer();
    await settled;

    expect(isSettled).toBe(true);
  });
});
