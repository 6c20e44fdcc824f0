/** What has to be undone, in reverse order, when something ends or fails half-way. */
export interface Cleanup {
  later(step: () => unknown): void;
  /** Takes every step once; a step that fails doesn't keep the others from being taken. @throws its error at the end. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const steps: (() => unknown)[] = [];
  return {
    later: (step) => void steps.push(step),
    async run() {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
