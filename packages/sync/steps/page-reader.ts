import type { ListPage, RegistrarAccount } from '#core/registrar.ts';

/** Reads pages of a listing in their order. */
export interface PageReader {
  /** The page that a cursor means. @throws what `listPage` throws */
  read(cursor: string | null): Promise<ListPage>;
  /** Resolves when no call is under way any more. */
  settle(): Promise<void>;
}

/**
 * Makes a reader that asks for later pages before their turn, where a page says where they begin: a listing of a
 * thousand pages would else wait for a thousand answers, one behind the other. At most `atOnce` calls are under way.
 */
export function createPageReader(account: Pick<RegistrarAccount, 'listPage'>, atOnce: number): PageReader {
  const asked = new Map<string | null, Promise<ListPage>>();
  const ask = (cursor: string | null): Promise<ListPage> => {
    const known = asked.get(cursor);
    if (known !== undefined) return known;
    const page = account.listPage(cursor);
    // Whoever comes to it hears of its failure; it may be that nobody does.
    page.catch(() => undefined);
    asked.set(cursor, page);
    return page;
  };

  return {
    async read(cursor) {
      const asking = ask(cursor);
      // Whatever comes of it: who reads it again asks again.
      asked.delete(cursor);
      const page = await asking;
      const later = page.nextCursor === null ? [] : [page.nextCursor, ...(page.laterCursors ?? [])];
      for (const next of page.laterCursors === undefined ? [] : later) {
        if (asked.size >= atOnce) break;
        void ask(next);
      }
      return page;
    },
    async settle() {
      await Promise.allSettled(asked.values());
    },
  };
}
