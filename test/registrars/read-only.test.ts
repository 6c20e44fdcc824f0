import { describe, expect, test, vi } from 'vitest';
import type { RegistrarCall } from '#core/registrar.ts';
import { guardReadOnly } from '#registrars/read-only.ts';

const origin = 'https://api.example.com';
const definition = {
  id: 'namecheap',
  readingCalls: [
    { method: 'GET', path: /\/v1\/domains/ },
    { method: 'GET', path: /^\/v1\/domains\/[^/]+\/records$/ },
    { method: 'POST', path: /^\/xml\.response$/, command: 'names.list' },
    { method: 'POST', path: /^\/read$/ },
  ],
} as const;

function makeGuard() {
  const send = vi.fn(async () => ({ status: 200, headers: {}, body: '' }));
  return { send, guarded: guardReadOnly(definition, send) };
}

describe('the guard', () => {
  test.each<[string, Omit<RegistrarCall, 'origin'>]>([
    ['a listed path', { method: 'GET', path: '/v1/domains', query: { limit: '1' } }],
    ['a listed pattern', { method: 'GET', path: '/v1/domains/example.com/records' }],
    ['a listed command', { method: 'POST', path: '/xml.response', body: 'ApiKey=x&Command=names.list' }],
    ['a listed POST without a command', { method: 'POST', path: '/read', body: '{"command":"x"}' }],
  ])('lets %s through unchanged', async (_, call) => {
    const { send, guarded } = makeGuard();

    await guarded({ origin, ...call });

    expect(send).toHaveBeenCalledExactlyOnceWith({ origin, ...call });
  });

  test.each<[string, Omit<RegistrarCall, 'origin'>]>([
    ['another path', { method: 'GET', path: '/v2/domains' }],
    ['a path below a listed one', { method: 'GET', path: '/v1/domains/example.com' }],
    ['a path above a listed one', { method: 'GET', path: '/x/v1/domains' }],
    ['another method', { method: 'POST', path: '/v1/domains' }],
    ['another command', { method: 'POST', path: '/xml.response', body: 'Command=names.set' }],
    ['no command', { method: 'POST', path: '/xml.response', body: '' }],
    [
      'a command twice',
      { method: 'POST', path: '/xml.response', body: 'Command=names.list&command=names.set' },
    ],
    [
      'a second command in the query',
      { method: 'POST', path: '/xml.response', query: { COMMAND: 'names.set' }, body: 'Command=names.list' },
    ],
    [
      'a command in another letter case',
      { method: 'POST', path: '/xml.response', body: 'Command=Names.List' },
    ],
  ])('stops %s before it is sent', async (_, call) => {
    const { send, guarded } = makeGuard();

    await expect(guarded({ origin, ...call })).rejects.toThrow(
      new TypeError('namecheap was asked for a call that is not among its reading calls'),
    );
    expect(send).not.toHaveBeenCalled();
  });

  test('lets a command in the query of a call without a body through', async () => {
    const { send, guarded } = makeGuard();

    await guarded({ origin, method: 'POST', path: '/xml.response', query: { Command: 'names.list' } });

    expect(send).toHaveBeenCalledOnce();
  });

  test('stops a command that a body hides behind a text', async () => {
    const { send, guarded } = makeGuard();
    const call = { origin, method: 'POST', path: '/xml.response', query: { Command: 'names.list' } } as const;

    await expect(guarded({ ...call, body: 'Command=' })).rejects.toThrow(TypeError);
    expect(send).not.toHaveBeenCalled();
  });

  test('keeps what a pattern says of letter case, and nothing of where it was left', async () => {
    const send = vi.fn(async () => ({ status: 200, headers: {}, body: '' }));
    const readingCalls = [{ method: 'GET', path: /\/v1\/domains/giy }] as const;
    const guarded = guardReadOnly({ id: 'namecheap', readingCalls }, send);

    for (const path of ['/V1/Domains', '/v1/domains', '/V1/DOMAINS'])
      await guarded({ origin, method: 'GET', path });

    expect(send).toHaveBeenCalledTimes(3);
  });
});
