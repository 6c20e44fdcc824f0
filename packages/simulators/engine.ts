import { makeAccountBook } from './accounts.ts';
import { makeControlHandler } from './control.ts';
import { makeCounters } from './counters.ts';
import { makeFaultBook } from './faults.ts';
import { makeLatency } from './latency.ts';
import { type Listening, listen } from './listen.ts';
import type { BoundMakePortfolio } from './portfolio-edits.ts';
import type { SimulatedRegistrar } from './registrar.ts';
import { makeRegistrarHandler } from './server.ts';
import type { SimAccount, SimPortfolio, SimProtocol, SimRegistrarId } from './types.ts';

/** How the simulators run; everything can be left out. */
export interface SimulatorOptions {
  /** Address to listen on; by default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Port of the control API; by default any. */
  readonly controlPort?: number | undefined;
  /** Which registrars; by default all. */
  readonly registrars?: readonly SimRegistrarId[] | undefined;
  /** Ports of registrars; by default any. */
  readonly ports?: Readonly<Partial<Record<SimRegistrarId, number>>> | undefined;
  /** Milliseconds since the epoch; by default the system's. Limits and dates follow it, delays don't. */
  readonly now?: (() => number) | undefined;
  /** Mean latency of an answer in milliseconds, of all registrars or by registrar; by default 20. */
  readonly latencyMs?: number | Readonly<Partial<Record<SimRegistrarId, number>>> | undefined;
  /** `YYYY-MM-DD` that the portfolios' dates are counted from; by default the day of `now`, in UTC. */
  readonly anchorDay?: string | undefined;
  /** Where defects of the simulators are told; by default standard error. */
  readonly log?: ((message: string) => void) | undefined;
}

/** Running simulators. */
export interface Simulators {
  /** Registrar id to origin, such as `http://127.0.0.1:40123`; only registrars that were started. */
  readonly origins: Readonly<Partial<Record<SimRegistrarId, string>>>;
  readonly controlOrigin: string;
  /** A registrar's accounts as they are now. @throws Error when it wasn't started. */
  accounts(id: SimRegistrarId): readonly SimAccount[];
  /** Ends at once; answers under way are cut. A second call does nothing more. */
  close(): Promise<void>;
}

/** What the engine is given to simulate. */
export interface SimulatorParts {
  readonly protocols: readonly SimProtocol[];
  /** @param anchorDay `YYYY-MM-DD` */
  makePortfolio(
    registrar: SimRegistrarId,
    size: number,
    seed: number,
    anchorDay: string,
    zoneSize?: number,
  ): SimPortfolio;
}

const DEFAULT_LATENCY_MS = 20;

/**
 * Starts an HTTP server for each registrar, and one for the control API.
 * @throws Error when an option makes no sense or a port is taken; then nothing is left running.
 */
export async function startEngine(parts: SimulatorParts, options: SimulatorOptions): Promise<Simulators> {
  const host = options.host ?? '127.0.0.1';
  const now = options.now ?? Date.now;
  const log = options.log ?? ((message) => process.stderr.write(`simulators: ${message}\n`));
  const anchorDay = options.anchorDay ?? new Date(now()).toISOString().slice(0, 10);
  requireDay(anchorDay);

  const registrars = new Map(
    chooseProtocols(parts.protocols, options.registrars).map((protocol) => [
      protocol.id,
      makeRegistrar(protocol, (size, seed, zoneSize = 0) =>
        parts.makePortfolio(protocol.id, size, seed, anchorDay, zoneSize),
      ),
    ]),
  );

  const running: Listening[] = [];
  const origins: Partial<Record<SimRegistrarId, string>> = {};
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= Promise.all(running.map((server) => server.close())).then(() => undefined);
    return closing;
  };

  try {
    for (const [id, registrar] of registrars) {
      const latencyMs = makeLatency(meanLatency(options.latencyMs, id), id);
      const handler = makeRegistrarHandler(registrar, { now, latencyMs, log });
      const server = await listen(handler, host, options.ports?.[id] ?? 0);
      running.push(server);
      origins[id] = server.origin;
    }
    const control = await listen(
      makeControlHandler(registrars, origins, log),
      host,
      options.controlPort ?? 0,
    );
    running.push(control);
    return { origins, controlOrigin: control.origin, accounts: (id) => accountsOf(registrars, id), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function makeRegistrar(protocol: SimProtocol, makePortfolio: BoundMakePortfolio): SimulatedRegistrar {
  return {
    protocol,
    accounts: makeAccountBook(protocol, makePortfolio),
    counters: makeCounters(),
    faults: makeFaultBook(),
  };
}

function chooseProtocols(
  protocols: readonly SimProtocol[],
  ids: readonly SimRegistrarId[] | undefined,
): readonly SimProtocol[] {
  if (ids === undefined) return protocols;
  return [...new Set(ids)].map((id) => {
    const protocol = protocols.find((candidate) => candidate.id === id);
    if (protocol === undefined) throw new Error(`there is no simulator of ${id}`);
    return protocol;
  });
}

function meanLatency(latencyMs: SimulatorOptions['latencyMs'], id: SimRegistrarId): number {
  const meanMs = typeof latencyMs === 'object' ? latencyMs[id] : latencyMs;
  if (meanMs === undefined) return DEFAULT_LATENCY_MS;
  if (!Number.isFinite(meanMs) || meanMs < 0) throw new Error(`a latency of ${meanMs} ms makes no sense`);
  return meanMs;
}

function requireDay(day: string): void {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) {
    throw new Error(`the anchor day ${JSON.stringify(day)} is no day YYYY-MM-DD`);
  }
}

function accountsOf(
  registrars: ReadonlyMap<SimRegistrarId, SimulatedRegistrar>,
  id: SimRegistrarId,
): readonly SimAccount[] {
  const registrar = registrars.get(id);
  if (registrar === undefined) throw new Error(`the simulator of ${id} was not started`);
  return registrar.accounts.list();
}
