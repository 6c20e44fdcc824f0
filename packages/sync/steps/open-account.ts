import { SupersededError } from '#core/errors.ts';
import type { RegistrarAnswer } from '#core/registrar.ts';
import type { LeasedGate } from '#limits/leased-gate.ts';
import { holdsFence } from '../fence.ts';
import { FENCE_CHECK_MS } from '../timings.ts';
import type { Delivery } from './delivery.ts';
import { openCredentials } from './open-credentials.ts';
import type { StepContext } from './step-context.ts';

/**
 * Opens the registrar account of a step with its credentials. Each call waits at the gate, and before it the fence is
 * looked at again where the last look is ten seconds old. `onCall` is told of every call that is sent.
 * @throws SupersededError where the credentials are gone · SyncError ENCRYPTION_UNAVAILABLE, CREDENTIALS_UNREADABLE
 */
export async function openAccount(
  { deps, message, fence, integration }: Pick<Delivery, 'deps' | 'message' | 'fence' | 'integration'>,
  gate: LeasedGate,
  startedMs: number,
  onCall: () => void,
): Promise<Pick<StepContext, 'account' | 'checkFence' | 'provesCandidate' | 'openedVersion'>> {
  let checkedMs = startedMs;
  const checkFence = async () => {
    if (deps.clock.now() - checkedMs < FENCE_CHECK_MS) return;
    checkedMs = deps.clock.now();
    const current = await deps.integrations.get(fence);
    if (!current || !holdsFence(current, message)) throw new SupersededError('the run is over');
  };
  const around = async (send: () => Promise<RegistrarAnswer>) => {
    await checkFence();
    const ticket = await gate.enter();
    onCall();
    try {
      const answer = await send();
      ticket.answered();
      return answer;
    } catch (error) {
      ticket.lost();
      throw error;
    }
  };
  const { credentials, ...opened } = await openCredentials(deps, message, integration);
  const account = deps.registrar.open(integration.environment, credentials, around);
  return { account, checkFence, ...opened };
}
