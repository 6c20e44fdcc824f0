import { expect, test } from 'vitest';
import type { LogFields } from '#core/ports/log.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';

/** A tick with so many integrations due, of whose messages the queue takes all but those whose number it refuses. */
async function tick(due: number, refuses: (index: number) => boolean = () => false) {
  const all = Array.from({ length: due }, (_, index) => ({
    tenantId: 'tenantaaaaaaaaaaaaaaaaaaaaa',
    integrationId: `integration-${index}`,
    dueAtMs: index,
  }));
  const sent: (readonly { readonly integrationId: string; readonly dueAt: number }[])[] = [];
  const lines: [string, LogFields | undefined][] = [];
  const note = (event: string, fields?: LogFields) => void lines.push([event, fields]);
  const outcome = await dispatchDueSyncs({
    clock: { now: () => 1_000_000, sleep: async () => undefined },
    log: { info: note, warn: note, error: note },
    integrations: {
      async listDue(nowMs, limit, after) {
        expect(nowMs).toBe(1_000_000);
        const from = Number(after ?? 0);
        const next = from + limit;
        return { items: all.slice(from, next), ...(next < due && { next: String(next) }) };
      },
    },
    startQueue: {
      async send(messages) {
        sent.push(messages);
        return messages.filter(({ dueAt }) => refuses(dueAt));
      },
    },
  });
  return { outcome, sent, lines };
}

test('a tick at which nothing is due sends nothing', async () => {
  const { outcome, sent, lines } = await tick(0);

  expect(outcome).toEqual({ sent: 0, failed: 0 });
  expect(sent).toEqual([]);
  expect(lines).toEqual([['due syncs dispatched', { count: 0 }]]);
});

test('a tick sends a message for each that is due, with the turn that it is for', async () => {
  const { outcome, sent } = await tick(1_200);

  expect(outcome).toEqual({ sent: 1_200, failed: 0 });
  expect(sent.map((messages) => messages.length)).toEqual([500, 500, 200]);
  expect(sent[0]?.[7]).toEqual({
    tenantId: 'tenantaaaaaaaaaaaaaaaaaaaaa',
    integrationId: 'integration-7',
    dueAt: 7,
  });
});

test('what a tick leaves comes with the next: 2,000 at most', async () => {
  const { outcome, sent } = await tick(5_000);

  expect(outcome).toEqual({ sent: 2_000, failed: 0 });
  expect(sent).toHaveLength(4);
});

test('what the queue does not take is told, and counts for the most of a tick all the same', async () => {
  const { outcome, lines } = await tick(5_000, (index) => index % 2 === 0);

  expect(outcome).toEqual({ sent: 1_000, failed: 1_000 });
  expect(lines).toEqual([
    ['start messages not taken by the queue', { count: 1_000 }],
    ['due syncs dispatched', { count: 1_000 }],
  ]);
});
