import type { SyncError } from '#core/errors.ts';
import type { Integration } from '#core/integration.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import type { Fence } from '#core/ports/stores.ts';
import type { RegistrarAccount } from '#core/registrar.ts';
import type { SyncRun } from '#core/sync-run.ts';
import type { Memory } from './step-memory.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** What a step works with while it holds the lease of its rate limit. */
export interface StepContext {
  readonly deps: WorkerDeps;
  readonly message: RegistrarMessage;
  readonly fence: Fence;
  readonly integration: Integration;
  readonly run: SyncRun;
  readonly account: RegistrarAccount;
  /** Whether these are new credentials that wait to take the place of the current ones. */
  readonly provesCandidate: boolean;
  /** Version of the credentials that the account was opened with. */
  readonly openedVersion: number;
  /** What the step remembers between deliveries; it changes it in place before it throws. */
  readonly memory: Memory;
  /** Keeps every call away for as long as the registrar asked, from the moment when it asked. */
  throttled(error: SyncError): void;
  /** Looks whether the run still holds the fence. @throws SupersededError */
  checkFence(): Promise<void>;
}
