import type { SyncError } from '#core/errors.ts';
import type { RegistrarAccount } from '#core/registrar.ts';
import type { Delivery } from './delivery.ts';

/** What a step works with while it holds the lease of its rate limit. */
export interface StepContext extends Omit<Delivery, 'claim'> {
  readonly account: RegistrarAccount;
  /** Whether these are new credentials that wait to take the place of the current ones. */
  readonly provesCandidate: boolean;
  /** Version of the credentials that the account was opened with. */
  readonly openedVersion: number;
  /** Keeps every call away for as long as the registrar asked, from the moment when it asked. */
  throttled(error: SyncError): void;
  /** Looks whether the run still holds the fence. @throws SupersededError */
  checkFence(): Promise<void>;
}
