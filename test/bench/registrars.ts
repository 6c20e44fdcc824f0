import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { type AccountBook, makeAccountBook } from '#simulators/accounts.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { makeSlidingLimiter } from '#simulators/sliding-window.ts';
import type { SimProtocol, SimRequest, SimResponse } from '#simulators/types.ts';
import { toSimRequest } from '#test/support/sim-request.ts';
import type { VirtualClock } from '#test/support/virtual-clock.ts';
import { ANCHOR_DAY } from './portfolios.ts';

/** What one call was, as the registrar saw it. */
export interface SeenCall {
  readonly registrar: RegistrarId;
  readonly request: SimRequest;
  readonly atMs: number;
}

export interface RegistrarsOptions {
  readonly clock: VirtualClock;
  /** A call's way to the registrar and back, in ms. */
  readonly latency: () => readonly [number, number];
  /** Gives the status with which the so-and-so-manyth call fails, where it is to. */
  readonly spoil?: (call: number, registrar: RegistrarId) => number | undefined;
  readonly onCall: (call: SeenCall) => void;
}

/** The simulated registrars without sockets: asked directly, a latency away, in virtual time. */
export function createRegistrars({ clock, latency, spoil, onCall }: RegistrarsOptions) {
  const counts = { calls: 0, violations: 0 };
  const simulators = new Map<RegistrarId, { protocol: SimProtocol; accounts: AccountBook }>();
  const limiters = new Map<RegistrarId, ReturnType<typeof makeSlidingLimiter>>();
  for (const protocol of PROTOCOLS) {
    const bound = (size: number, seed: number, zoneSize?: number) =>
      makePortfolio(protocol.id, size, seed, ANCHOR_DAY, zoneSize);
    simulators.set(protocol.id, { protocol, accounts: makeAccountBook(protocol, bound) });
    limiters.set(protocol.id, makeSlidingLimiter(protocol.limits));
  }
  const simulator = (id: RegistrarId) => {
    const found = simulators.get(id);
    if (!found) throw new Error(`no simulator of ${id}`);
    return found;
  };

  /** The registrar at the instant of arrival: counts, limits, answers. */
  const arrive = (registrar: RegistrarId, call: RegistrarCall): SimResponse => {
    const { protocol, accounts } = simulator(registrar);
    const request = toSimRequest(call);
    counts.calls += 1;
    onCall({ registrar, request, atMs: clock.now() });
    const key = protocol.limitKey(request);
    const admission = key === null ? undefined : limiters.get(registrar)?.admit(key, clock.now());
    if (admission && !admission.admitted) {
      counts.violations += 1;
      return protocol.throttled(admission.retryAfterMs, clock.now());
    }
    const failed = spoil?.(counts.calls, registrar);
    if (failed !== undefined) return { status: failed, body: '' };
    return protocol.answer(request, { accounts: accounts.list(), now: clock.now });
  };

  return {
    counts,
    simulator,
    /** What takes the place of the HTTP client. */
    send:
      (registrar: RegistrarId) =>
      async (call: RegistrarCall): Promise<RegistrarAnswer> => {
        const [outMs, backMs] = latency();
        await clock.sleep(outMs);
        const { status, headers = {}, body } = arrive(registrar, call);
        await clock.sleep(backMs);
        return { status, headers, body };
      },
  };
}
