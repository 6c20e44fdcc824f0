import type { Clock } from '#core/ports/clock.ts';
import type { RowStore } from '#store/rows.ts';

/** A table whose every request takes so long. */
export function delayRows(rows: RowStore, clock: Pick<Clock, 'sleep'>, ms: number): RowStore {
  if (ms === 0) return rows;
  const delayed = <A extends unknown[], R>(method: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      await clock.sleep(ms);
      return method(...given);
    };
  };
  return {
    get: delayed(rows.get),
    put: delayed(rows.put),
    update: delayed(rows.update),
    updateAndRead: delayed(rows.updateAndRead),
    delete: delayed(rows.delete),
    query: delayed(rows.query),
    batchDelete: delayed(rows.batchDelete),
  };
}
