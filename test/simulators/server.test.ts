import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions, Simulators } from '#simulators/engine.ts';
import { makeLatency } from '#simulators/latency.ts';
import { makeTinyPortfolio, signIn, startTiny, tinyProtocol } from './tiny-registrar.ts';

let running: Simulators[] = [];

async function start(options: SimulatorOptions = {}, protocols = [tinyProtocol()]) {
  const simulators = await startTiny(options, protocols);
  running.push(simulators);
  const origin = simulators.origins.godaddy ?? '';
  const counters = async () => {
    const answer = await fetch(`${simulators.controlOrigin}/control/godaddy/counters`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return { simulators, origin, counters };
}

afterEach(async () => {
  await Promise.all(running.map((simulators) => simulators.close()));
  running = [];
});

describe('the server of a registrar', () => {
  it('answers with what the protocol says, to the account that signs in', async () => {
    const { origin } = await start();

    const answer = await fetch(`${origin}/v1/domains`, { headers: signIn('demo-10') });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-total')).toBe('10');
    expect(await answer.json()).toEqual(makeTinyPortfolio(10, 1).names);
  });

  it('throttles and counts the calls beyond the limit, by the clock it was given', async () => {
    let nowMs = 1_000_000;
    const { origin, counters } = await start({ now: () => nowMs });
    const call = () => fetch(`${origin}/v1/domains`, { headers: signIn('demo-10') });
    const statuses = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, call));
      return answers.map(({ status }) => status).sort();
    };

    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    nowMs += 999;
    const early = await call();
    expect(await early.json()).toEqual({ code: 'TOO_MANY_REQUESTS', retryAfterMs: 1 });
    nowMs += 1;
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 200]);

    expect(await counters()).toMatchObject({
      calls: 13,
      violations: 3,
      throttled: { 'per second': 3 },
      perAccount: { 'demo-10': { calls: 13, violations: 3 } },
    });
  });

  it('does not count calls without a key against any limit', async () => {
    const { origin, counters } = await start({ now: () => 0 });

    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${origin}/v1/domains`)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(await counters()).toMatchObject({
      violations: 0,
      perAccount: { '(unknown)': { calls: 8, violations: 0 } },
    });
  });

  it('refuses every write and counts it, throttled ones too', async () => {
    const { origin, counters } = await start({ now: () => 0 });
    const write = () => fetch(`${origin}/v1/domains`, { method: 'PUT', headers: signIn('demo-10') });

    const answers = await Promise.all(Array.from({ length: 6 }, write));

    expect(answers.map(({ status }) => status).sort()).toEqual([405, 405, 405, 405, 405, 429]);
    expect(await counters()).toMatchObject({ calls: 6, writes: 6, violations: 1 });
  });

  it('counts paths without the names and numbers in them', async () => {
    const { origin, counters } = await start();
    const paths = ['/v1/domains/one.example/records', '/v1/domains/two.co.uk/records', '/page/12'];

    for (const path of [...paths, '/xml.response?ApiKey=x&Command=namecheap.domains.getList']) {
      await fetch(origin + path);
    }

    expect((await counters()).byPath).toEqual({
      'GET /v1/domains/{domain}/records': 2,
      'GET /page/{number}': 1,
      'GET /xml.response?Command=namecheap.domains.getList': 1,
    });
  });

  it('refuses a body of more than 1 MiB, and takes one of exactly that', async () => {
    const { origin } = await start();
    const post = (bytes: number) => fetch(origin, { method: 'POST', body: 'x'.repeat(bytes) });

    expect((await post(1_048_576)).status).toBe(405);
    expect((await post(1_048_577)).status).toBe(413);
  });

  it('says 500, counts and tells a failure of its own protocol module, and goes on', async () => {
    const told: string[] = [];
    const { origin, counters } = await start({ log: (message) => told.push(message) });

    expect((await fetch(`${origin}/broken`)).status).toBe(500);

    expect(told.join()).toContain('godaddy failed at GET /broken: Error: the tiny registrar is broken');
    expect(await counters()).toMatchObject({ failures: 1 });
    expect((await fetch(`${origin}/now`)).status).toBe(200);
  });

  it('gives protocol modules the injected clock', async () => {
    const { origin } = await start({ now: () => 4_242 });

    const answer = await fetch(`${origin}/now`);

    expect(await answer.json()).toEqual({ now: 4_242 });
  });

  it('counts the most requests that it was answering at one time', async () => {
    const { origin, counters } = await start({ latencyMs: 600_000 });
    const hangUp = new AbortController();
    const calls = Array.from({ length: 4 }, () =>
      fetch(`${origin}/now`, { signal: hangUp.signal }).catch((error: unknown) => error),
    );
    while ((await counters()).calls !== 4);
    hangUp.abort();
    await Promise.all(calls);

    expect(await counters()).toMatchObject({ calls: 4, maxInFlight: 4 });
  });

  it('cuts answers under way when it closes', async () => {
    const { simulators, origin, counters } = await start({ latencyMs: { godaddy: 600_000 } });
    const call = fetch(`${origin}/now`).catch((error: unknown) => error);
    while ((await counters()).calls === 0);

    await simulators.close();

    expect(await call).toBeInstanceOf(TypeError);
    await simulators.close();
  });

  it('runs only the registrars asked for, each on its own port', async () => {
    const { simulators } = await start({ registrars: ['gandi', 'godaddy'] }, [
      tinyProtocol('godaddy'),
      tinyProtocol('gandi'),
      tinyProtocol('porkbun'),
    ]);

    expect(Object.keys(simulators.origins).sort()).toEqual(['gandi', 'godaddy']);
    expect(new Set([...Object.values(simulators.origins), simulators.controlOrigin]).size).toBe(3);
    expect(simulators.accounts('gandi').map(({ id }) => id)).toEqual(['demo-10', 'demo-0', 'no-access']);
    expect(() => simulators.accounts('porkbun')).toThrow('the simulator of porkbun was not started');
  });

  it.each([
    [{ anchorDay: '2026-02-30' }, 'the anchor day "2026-02-30" is no day YYYY-MM-DD'],
    [{ latencyMs: -1 }, 'a latency of -1 ms makes no sense'],
    [{ registrars: ['porkbun'] as const }, 'there is no simulator of porkbun'],
  ])('refuses to start with %j', async (options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it('says which port is taken, and leaves nothing running', async () => {
    const { origin } = await start();
    const taken = Number(new URL(origin).port);

    await expect(start({ controlPort: taken })).rejects.toThrow(`cannot listen on 127.0.0.1:${taken}`);
  });
});

describe('the latency', () => {
  it('lies between half and one and a half times the mean, and is the same for the same seed', () => {
    const latency = makeLatency(20, 'seed');
    const values = Array.from({ length: 1_000 }, latency);

    expect(Math.min(...values)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...values)).toBeLessThanOrEqual(30);
    expect(new Set(values).size).toBeGreaterThan(100);
    const again = makeLatency(20, 'seed');
    expect(Array.from({ length: 1_000 }, again)).toEqual(values);
  });
});
