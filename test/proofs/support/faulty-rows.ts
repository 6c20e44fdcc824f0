import { SyncError } from '#core/errors.ts';
import type { RowStore } from '#store/rows.ts';

/** What becomes of a request to a table. */
export type RowFate =
  /** It is carried out, and answered. */
  | 'pass'
  /** It never arrives, or is refused by a throttled table. */
  | 'lost'
  /** It is carried out, and its answer is lost. */
  | 'unanswered'
  /** It is carried out, its answer is lost, and the client sends it again. */
  | 'repeated';

/** A request to a table, as far as a fate is chosen by it. */
export interface RowRequest {
  readonly operation: Exclude<keyof RowStore, never>;
  readonly isConditional: boolean;
}

/** Rows over which each request meets its fate; errors are what `createDynamoRows` makes of DynamoDB's. */
export function makeFaultyRows<R extends RowStore>(
  rows: R,
  toFate: (request: RowRequest) => RowFate | Promise<RowFate>,
): R {
  const meet = async <T>(request: RowRequest, work: () => Promise<T>): Promise<T> => {
    const fate = await toFate(request);
    if (fate === 'lost') throw toError(request.operation, 'ProvisionedThroughputExceededException');
    const first = await work();
    const answer = fate === 'repeated' ? await work() : first;
    if (fate === 'unanswered') throw toError(request.operation, 'TimeoutError');
    return answer;
  };
  const plain = (operation: RowRequest['operation']) => ({ operation, isConditional: false });
  return {
    ...rows,
    get: (...given) => meet(plain('get'), () => rows.get(...given)),
    query: (...given) => meet(plain('query'), () => rows.query(...given)),
    batchDelete: (...given) => meet(plain('batchDelete'), () => rows.batchDelete(...given)),
    put: (...given) =>
      meet({ operation: 'put', isConditional: given[1] !== undefined }, () => rows.put(...given)),
    update: (...given) =>
      meet({ operation: 'update', isConditional: given[2] !== undefined }, () => rows.update(...given)),
    updateAndRead: (...given) =>
      meet({ operation: 'updateAndRead', isConditional: given[2] !== undefined }, () =>
        rows.updateAndRead(...given),
      ),
    delete: (...given) =>
      meet({ operation: 'delete', isConditional: given[1] !== undefined }, () => rows.delete(...given)),
  };
}

function toError(operation: string, name: string): SyncError {
  return new SyncError('INTERNAL', { path: `${operation}/${name}` });
}
