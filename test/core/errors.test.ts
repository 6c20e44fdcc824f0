import { describe, expect, test } from 'vitest';
import {
  isSyncError,
  REFUSAL_CODES,
  RETRYABLE_CODES,
  SUPERSEDED,
  SupersededError,
  SYNC_CODES,
  SyncError,
  WindowClosedError,
} from '#core/errors.ts';

describe('SyncError', () => {
  test('has a literal name, its code and its facts', () => {
    const error = new SyncError('RATE_LIMITED', { registrar: 'godaddy', retryAfterMs: 5000, status: 429 });

    expect(error.name).toBe('SyncError');
    expect(error.code).toBe('RATE_LIMITED');
    expect(error.facts).toEqual({ registrar: 'godaddy', retryAfterMs: 5000, status: 429 });
    expect(error).toBeInstanceOf(Error);
  });

  test.each([
    [new SyncError('INTERNAL'), 'INTERNAL'],
    [
      new SyncError('REGISTRAR_BAD_RESPONSE', {
        registrar: 'porkbun',
        status: 200,
        path: 'domains/3/expireDate',
      }),
      'REGISTRAR_BAD_RESPONSE (porkbun, status 200, at domains/3/expireDate)',
    ],
    [
      new SyncError('AUTHENTICATION_FAILED', { registrar: 'namecheap', reason: 'addressNotAllowed' }),
      'AUTHENTICATION_FAILED (namecheap, addressNotAllowed)',
    ],
    [new SyncError('REGISTRAR_UNAVAILABLE', { status: 0, path: '' }), 'REGISTRAR_UNAVAILABLE'],
  ])('says what is known and nothing else: %s', (error, message) => {
    expect(error.message).toBe(message);
  });

  test('carries no cause, and keeps our address and the pause out of its message', () => {
    const error = new SyncError('AUTHENTICATION_FAILED', { address: '203.0.113.9', retryAfterMs: 12_345 });

    expect(error.cause).toBeUndefined();
    expect(error.message).toBe('AUTHENTICATION_FAILED');
  });

  test.each(SYNC_CODES)('%s is either a refusal or retryable or final, never two of them', (code) => {
    const error = new SyncError(code);

    expect(error.isRetryable).toBe((RETRYABLE_CODES as readonly string[]).includes(code));
    expect(error.isRefusal).toBe((REFUSAL_CODES as readonly string[]).includes(code));
    expect(error.isRetryable && error.isRefusal).toBe(false);
  });
});

test('only a SyncError is one', () => {
  expect(isSyncError(new SyncError('INTERNAL'))).toBe(true);
  expect(isSyncError(new Error('INTERNAL'))).toBe(false);
  expect(isSyncError(new SupersededError())).toBe(false);
  expect(isSyncError(null)).toBe(false);
});

test('the other errors have literal names, which survive minification', () => {
  expect(new SupersededError().name).toBe('SupersededError');
  expect(new WindowClosedError(1).name).toBe('WindowClosedError');
  expect(SUPERSEDED).toBe('Superseded');
});

test('a closed window says until when', () => {
  expect(new WindowClosedError(1_795_000_000_000).untilMs).toBe(1_795_000_000_000);
});
