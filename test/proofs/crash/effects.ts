import { SyncError } from '#core/errors.ts';
import type { RowStore } from '#store/rows.ts';
import { beginLife, type Life } from '../../bench/mortal.ts';

/** What happens at a side effect. */
export const FATES = ['dies before', 'dies after', 'lost', 'unanswered'] as const;
export type Fate =
  /** The process ends; the effect never happens. */
  | 'dies before'
  /** The effect happens, and the process ends before it hears of it. */
  | 'dies after'
  /** The effect fails, and the process hears so. */
  | 'lost'
  /** The effect happens, and the process hears that it failed. */
  | 'unanswered'
  /** The process stands still for longer than anybody waits for it, and then goes on as if nothing were. */
  | 'freezes';

/** Chooses what happens at an effect; undefined: what should. */
export type Plan = (effect: string) => Fate | undefined;

const NEVER = new Promise<never>(() => undefined);

/** A process: its side effects meet their fates, and none comes after its end. */
export interface Actor {
  readonly life: Life;
  /** Does an effect. @param toError what the process hears where it fails */
  effect<T>(name: string, work: () => Promise<T>, toError: () => Error): Promise<T>;
  /** Resolves when the process dies. */
  readonly death: Promise<void>;
}

/** @param freeze resolves when a frozen process goes on */
export function createActor(plan: Plan, freeze: () => Promise<void>): Actor {
  const life = beginLife();
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  const end = (): Promise<never> => {
    life.end();
    die();
    return NEVER;
  };
  return {
    life,
    death,
    async effect(name, work, toError) {
      if (life.isOver) return NEVER;
      const fate = plan(name);
      if (fate === 'dies before') return end();
      if (fate === 'lost') throw toError();
      if (fate === 'freezes') await life.live(freeze);
      const answer = await life.live(work);
      if (fate === 'dies after') return end();
      if (fate === 'unanswered') throw toError();
      return answer;
    },
  };
}

/** Rows whose writes are effects of a process, and whose reads end with its life. */
export function toEffectRows(rows: RowStore, table: string, { effect, life }: Actor): RowStore {
  const away = () => new SyncError('INTERNAL', { path: 'away' });
  const write = <T>(operation: string, work: () => Promise<T>) => effect(`${table}.${operation}`, work, away);
  return {
    get: (...given) => life.live(() => rows.get(...given)),
    query: (...given) => life.live(() => rows.query(...given)),
    put: (row, condition) => write(`put ${toKind(row.SK)}`, () => rows.put(row, condition)),
    update: (key, ...given) => write(`update ${toKind(key.SK)}`, () => rows.update(key, ...given)),
    updateAndRead: (key, ...given) =>
      write(`update ${toKind(key.SK)}`, () => rows.updateAndRead(key, ...given)),
    delete: (key, condition) => write(`delete ${toKind(key.SK)}`, () => rows.delete(key, condition)),
    batchDelete: (keys) => write('batchDelete', () => rows.batchDelete(keys)),
  };
}

/** What kind of row it is: its prefix, or a step's name. */
function toKind(sk: string): string {
  return sk.startsWith('WORK#') ? `WORK ${sk.split('#').slice(2).join('#')}` : (sk.split('#')[0] ?? sk);
}

/** A port whose every method is an effect of a process. */
export function toEffects<T extends object>(port: T, name: string, actor: Actor, toError: () => Error): T {
  const entries = Object.entries(port).map(([method, member]) => [
    method,
    (...given: unknown[]) =>
      actor.effect(`${name}.${method}`, async () => member.apply(port, given), toError),
  ]);
  return Object.fromEntries(entries) as T;
}
