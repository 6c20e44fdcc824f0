/** A worker's life: once it is over, nothing that it awaits comes back and nothing that it asks for happens. */
export interface Life {
  /** Runs an effect of the worker, unless it is dead; its result is lost where it died meanwhile. */
  live<T>(effect: () => Promise<T>): Promise<T>;
  end(): void;
  readonly isOver: boolean;
}

const never = new Promise<never>(() => undefined);

export function beginLife(): Life {
  let isOver = false;
  return {
    get isOver() {
      return isOver;
    },
    end() {
      isOver = true;
    },
    async live(effect) {
      if (isOver) return never;
      try {
        const result = await effect();
        return isOver ? never : result;
      } catch (error) {
        if (isOver) return never;
        throw error;
      }
    },
  };
}

/** A port whose every method is an effect of the worker. */
export function makeMortal<T extends object>(port: T, life: Life): T {
  return Object.fromEntries(
    Object.entries(port).map(([name, member]) => [
      name,
      // Iterations begin alive and are cut by the next effect.
      typeof member !== 'function' || name === 'pages' || name === 'all'
        ? member
        : (...given: unknown[]) => life.live(async () => member.apply(port, given)),
    ]),
  ) as T;
}
