import { expect, test } from 'vitest';
import { inDays, storeDomains } from './fixtures.ts';
import { connect, createHarness, type Harness, tenantOf } from './harness.ts';

interface Part {
  readonly integrations: readonly { readonly id: string }[];
  readonly runs: readonly { readonly runId: string }[];
  readonly domains: readonly {
    readonly name: string;
    readonly integrationId: string;
    readonly rrsets: readonly unknown[];
  }[];
  readonly settings: unknown;
  readonly nextCursor: string | null;
}

const tenantId = tenantOf('alice');

async function exportAll(harness: Harness): Promise<{ parts: Part[]; sizes: number[] }> {
  const parts: Part[] = [];
  const sizes: number[] = [];
  for (let query = ''; ; ) {
    const { status, json, text } = await harness.call<Part>(`/v1/export${query}`);
    expect(status).toBe(200);
    parts.push(json);
    sizes.push(Buffer.byteLength(JSON.stringify(text)));
    if (json.nextCursor === null) return { parts, sizes };
    query = `?cursor=${json.nextCursor}`;
  }
}

/** Gives an integration so many runs of before, each as its first. */
async function addRuns({ stores }: Harness, id: string, count: number): Promise<void> {
  const [run] = (await stores.runs.list(id, 1)).items;
  for (let index = 0; index < count; index += 1) {
    const runId = `old${String(index).padStart(5, '0')}`;
    await stores.runs.create({ ...(run as NonNullable<typeof run>), runId, status: 'SUCCEEDED' });
  }
}

test('a small portfolio comes whole: settings, integrations, runs, domains with their records', async () => {
  const harness = createHarness();
  const id = await connect(harness);
  const rrsets = [{ name: 'example.com.', type: 'A', ttl: 60, records: ['192.0.2.1'] }];
  await storeDomains(harness, id, [{ name: 'example.com' }, { name: 'example.net' }], tenantId);
  await harness.stores.zones.put({ tenantId, integrationId: id, epoch: 1 }, 'example.com', rrsets);

  const { parts } = await exportAll(harness);

  expect(parts).toHaveLength(1);
  expect(parts[0]).toMatchObject({
    exportedAt: inDays(0),
    settings: { expiringSoonDays: 30 },
    integrations: [{ id }],
    runs: [{ integrationId: id }],
    domains: [
      { name: 'example.com', rrsets },
      { name: 'example.net', rrsets: [] },
    ],
  });
});

test('a large portfolio comes in parts that a function can answer, each row once', async () => {
  const harness = createHarness();
  const ids = [
    await connect(harness, 'fake-1'),
    await connect(harness, 'fake-2'),
    await connect(harness, 'fake-3'),
  ];
  const names = Array.from({ length: 120 }, (_, index) => `d${String(index).padStart(3, '0')}.example`);
  const text = JSON.stringify('x'.repeat(250));
  const rrsets = Array.from({ length: 200 }, (_, index) => ({
    name: `r${index}.example.`,
    type: 'TXT',
    ttl: null,
    records: [text],
  }));
  for (const id of ids.slice(0, 2)) {
    await storeDomains(
      harness,
      id,
      names.map((name) => ({ name })),
      tenantId,
    );
    for (const name of names)
      await harness.stores.zones.put({ tenantId, integrationId: id, epoch: 1 }, name, rrsets);
  }

  const { parts, sizes } = await exportAll(harness);

  expect(parts.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(6_000_000);
  expect(parts.flatMap(({ integrations }) => integrations.map(({ id }) => id))).toEqual([...ids].sort());
  expect(parts.flatMap(({ runs }) => runs)).toHaveLength(3);
  const rows = parts.flatMap(({ domains }) =>
    domains.map(({ name, integrationId }) => `${integrationId} ${name}`),
  );
  expect(rows).toHaveLength(240);
  expect(rows).toEqual([...new Set(rows)].sort());
});

test('a long history comes whole', async () => {
  const harness = createHarness();
  const id = await connect(harness);
  await addRuns(harness, id, 250);

  const { parts } = await exportAll(harness);

  expect(new Set(parts.flatMap(({ runs }) => runs.map(({ runId }) => runId))).size).toBe(251);
});

test('a history that begins where a part is nearly full goes on in the next', async () => {
  const harness = createHarness();
  const [first, second] = [await connect(harness, 'fake-1'), await connect(harness, 'fake-2')].sort() as [
    string,
    string,
  ];
  await storeDomains(
    harness,
    first,
    Array.from({ length: 1_950 }, (_, index) => ({ name: `d${String(index).padStart(4, '0')}.example` })),
    tenantId,
  );
  await addRuns(harness, second, 90);

  const { parts } = await exportAll(harness);

  const runs = parts.map((part) => part.runs.map(({ runId }) => runId));
  expect(parts).toHaveLength(2);
  expect(runs.every((part) => part.length > 10)).toBe(true);
  expect(new Set(runs.flat()).size).toBe(92);
  expect(runs.flat()).toHaveLength(92);
});

test('is kept in the audit once, however many parts it has', async () => {
  const harness = createHarness();
  const id = await connect(harness);
  await storeDomains(
    harness,
    id,
    Array.from({ length: 2_100 }, (_, index) => ({ name: `d${index}.example` })),
    tenantId,
  );

  const { parts } = await exportAll(harness);

  expect(parts.length).toBe(2);
  expect(JSON.stringify(harness.stores.rows.portfolio.dump()).split('EXPORTED').length - 1).toBe(1);
});

test('an integration that goes away between two parts is left out', async () => {
  const harness = createHarness();
  const ids = [await connect(harness, 'fake-1'), await connect(harness, 'fake-2')].sort();
  for (const id of ids) {
    await storeDomains(
      harness,
      id,
      Array.from({ length: 1_500 }, (_, index) => ({ name: `d${index}.example` })),
      tenantId,
    );
  }
  const first = await harness.call<Part>('/v1/export');
  await harness.call(`/v1/integrations/${ids[1]}`, { method: 'DELETE' });

  const rest = await harness.call<Part>(`/v1/export?cursor=${first.json.nextCursor}`);

  expect(first.json.nextCursor).not.toBeNull();
  expect(rest.json).toMatchObject({ integrations: [], runs: [], domains: [], nextCursor: null });
});

test('is continued by nobody else', async () => {
  const harness = createHarness();
  const id = await connect(harness);
  await storeDomains(
    harness,
    id,
    Array.from({ length: 2_100 }, (_, index) => ({ name: `d${index}.example` })),
    tenantId,
  );
  const { json } = await harness.call<Part>('/v1/export');

  const reply = await harness.call(`/v1/export?cursor=${json.nextCursor}`, { user: 'bob' });

  expect(reply.json).toMatchObject({ code: 'INVALID_CURSOR' });
});
