import type * as z from 'zod';
import { isSyncError } from '#core/errors.ts';
import type { Opener } from '#core/ports/vault.ts';
import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { createHttpClient, type HttpClientOptions } from '#registrars/http.ts';
import { makeAccountBook } from '#simulators/accounts.ts';
import { makeCounters } from '#simulators/counters.ts';
import { FaultSpec } from '#simulators/fault-spec.ts';
import { makeFaultBook } from '#simulators/faults.ts';
import { listen } from '#simulators/listen.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { makeRegistrarHandler } from '#simulators/server.ts';
import type { SimProtocol, SimRequest, SimResponse } from '#simulators/types.ts';
import { createMemoryRows, type MemoryRows } from '#store/memory-rows.ts';
import { createStores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';
import { createMemoryVault } from '#test/support/vault.ts';
import { createVirtualClock } from '#test/support/virtual-clock.ts';
import { makeFaultyRows } from '../support/faulty-rows.ts';
import { shrinkZones } from '../support/shrink-zones.ts';

export type Fault = z.input<typeof FaultSpec>;
type Bend = (request: SimRequest, answer: SimResponse) => SimResponse | undefined;

/** The deadline of a call as shipped, and what stands for it where a fault would keep a call waiting. */
const DEADLINE_MS = 20_000;
const SHORT_DEADLINE_MS = 400;
/** What an answer takes otherwise, in virtual time. */
const LATENCY_MS = 200;
/** From so many domains on the listing is what matters: their zones have one record set. */
const MANY = 100;

export interface StageOptions {
  /** Calls are given up sooner, each for the 20 virtual seconds that the deadline has. */
  readonly isHanging?: boolean;
  readonly size?: number;
  readonly zoneSize?: number;
  /** By how much the clock of the next delivery's worker is off, in ms. */
  readonly skewMs?: () => number;
}

/**
 * One registrar over real HTTP and the whole sync before it: the shipped HTTP client calls the simulator's server on
 * 127.0.0.1, and virtual time stands still until its answers are there.
 */
export async function createStage(registrar: RegistrarId, options: StageOptions = {}) {
  const protocol = PROTOCOLS.find(({ id }) => id === registrar);
  if (!protocol) throw new Error(`no simulator of ${registrar}`);
  const outside = createOutside();
  const clock = createVirtualClock(undefined, outside.rest);
  const accounts = makeAccountBook(protocol, (size, seed, zoneSize) =>
    makePortfolio(registrar, size, seed, '2026-11-23', zoneSize),
  );
  const [counters, faults] = [makeCounters(), makeFaultBook()];
  const defects: string[] = [];
  let bend: Bend | undefined;
  const bent: SimProtocol = {
    ...protocol,
    answer(request, context) {
      const answer = protocol.answer(request, context);
      const other = accounts.identify(request)?.id === 'ours' ? bend?.(request, answer) : undefined;
      if (other) counters.fault();
      return other ?? answer;
    },
  };
  const handler = makeRegistrarHandler(
    { protocol: bent, accounts, counters, faults },
    { now: clock.now, latencyMs: () => 0, log: (message) => void defects.push(message) },
  );
  const server = await listen(handler, '127.0.0.1', 0);

  const deadlineMs = options.isHanging ? SHORT_DEADLINE_MS : DEADLINE_MS;
  const toClient = (given: Partial<HttpClientOptions> & Pick<HttpClientOptions, 'allowedOrigins'>) =>
    createHttpClient({ allowLoopbackHttp: true, deadlineMs, ...given });
  let route = { client: toClient({ allowedOrigins: [server.origin] }), origin: server.origin };
  const clients = [route.client];
  const sentMs: number[] = [];

  const send = async (call: RegistrarCall): Promise<RegistrarAnswer> => {
    sentMs.push(clock.now());
    await clock.sleep(LATENCY_MS);
    try {
      return await outside.wait(route.client.send({ ...call, origin: route.origin }));
    } catch (error) {
      if (isSyncError(error) && error.code === 'REGISTRAR_TIMEOUT') await clock.sleep(DEADLINE_MS);
      throw error;
    }
  };
  let fate: Parameters<typeof makeFaultyRows>[1] = () => 'pass';
  const toFaulty = (rows: MemoryRows) => makeFaultyRows(rows, (request) => fate(request));
  const well = {
    portfolio: createMemoryRows(PORTFOLIO_TABLE),
    credentials: createMemoryRows(CREDENTIALS_TABLE),
  };
  const rows = { portfolio: toFaulty(well.portfolio), credentials: toFaulty(well.credentials) };
  const memory = createMemoryVault();
  let opener: Opener = memory;
  const world = createSyncWorld({
    clock,
    registrars: { simulator: () => ({ protocol, accounts }), send: () => send },
    stores: { ...createStores({ ...rows, clock }), rows },
    vault: { ...memory, open: (...given) => opener.open(...given) },
    ...(options.skewMs && { skewMs: options.skewMs }),
  });

  const { size = 12, zoneSize } = options;
  accounts.put('ours', { size, seed: 3, ...(zoneSize && { zoneSize }) });
  if (size >= MANY) shrinkZones(accounts, 'ours', 1);
  accounts.put('neighbour', { size: 3, seed: 5 });

  return {
    registrar,
    protocol,
    world,
    clock,
    accounts,
    counters,
    /** The same tables, however spoilt: to look at what is there. */
    glance: { ...createStores({ ...well, clock }), rows: well },
    /** What the simulator itself got wrong. */
    defects,
    /** When each call left, in virtual ms. */
    sentMs,
    get portfolio() {
      return accounts.get('ours').portfolio;
    },
    /** Lets the registrar answer our account so from now on. */
    spoil: (fault: Fault) => void faults.add(FaultSpec.parse({ times: -1, ...fault, match: toMatch(fault) })),
    /** Lets the registrar give another answer where `make` has one. */
    bend(make: Bend) {
      bend = make;
    },
    /** Lets requests to the tables fail. */
    spoilRows(toFate: typeof fate) {
      fate = toFate;
    },
    /** Opens what was sealed, whatever KMS answers otherwise. */
    wellOpener: memory as Opener,
    /** Lets KMS answer otherwise. */
    spoilKms(other: Opener) {
      opener = other;
    },
    /** How often faults were applied. */
    spoilt: () => counters.snapshot().faulted,
    /** Calls go to another place from now on, such as a server that speaks no HTTP. */
    reroute(origin: string, given: Partial<HttpClientOptions> = {}) {
      route = { client: toClient({ ...given, allowedOrigins: [origin] }), origin };
      clients.push(route.client);
    },
    /** The registrar is well again. */
    heal() {
      faults.clear();
      bend = undefined;
      fate = () => 'pass';
      opener = memory;
      route = { client: clients[0] as (typeof clients)[number], origin: server.origin };
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await world.close();
      await server.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof createStage>>;

/** The neighbour's calls are never spoilt. */
function toMatch({ match = {} }: Fault): Fault['match'] {
  return { account: 'ours', ...match };
}

/** Counts what is under way outside of virtual time. */
function createOutside() {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    async wait<T>(work: Promise<T>): Promise<T> {
      count += 1;
      try {
        return await work;
      } finally {
        count -= 1;
        if (count === 0) {
          for (const resolve of waiting) resolve();
          waiting = [];
        }
      }
    },
    async rest(): Promise<boolean> {
      if (count === 0) return false;
      await new Promise<void>((resolve) => void waiting.push(resolve));
      return true;
    },
  };
}
