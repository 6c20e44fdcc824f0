import { describe, expect, test } from 'vitest';
import { toTransportError } from '#registrars/http-errors.ts';

const PHASE = { isTimedOut: false, isHandshake: false, isAnswering: false };
const fail = (code: unknown, more: object = {}) =>
  Object.assign(new Error('secret.example said fake-secret'), { code }, more);
const codeOf = (error: unknown, phase: Partial<typeof PHASE> = {}) =>
  toTransportError(error, { ...PHASE, ...phase }).code;

describe('a failure of the transport', () => {
  test('that took too long is REGISTRAR_TIMEOUT, whatever it says', () => {
    expect(codeOf(fail('HPE_INVALID'), { isTimedOut: true, isHandshake: true })).toBe('REGISTRAR_TIMEOUT');
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ERR_NOT_PUBLIC_ADDRESS'])(
    '%s before the handshake is REGISTRAR_UNAVAILABLE',
    (code) => {
      expect(codeOf(fail(code), { isHandshake: true })).toBe('REGISTRAR_UNAVAILABLE');
    },
  );

  test.each(['CERT_HAS_EXPIRED', 'ECONNRESET', 'ERR_TLS_CERT_ALTNAME_INVALID', 7, undefined])(
    '%s in the handshake is REGISTRAR_TLS',
    (code) => {
      expect(codeOf(fail(code), { isHandshake: true })).toBe('REGISTRAR_TLS');
    },
  );

  test('of the parser is REGISTRAR_BAD_RESPONSE', () => {
    expect(codeOf(fail('HPE_INVALID_CONSTANT'))).toBe('REGISTRAR_BAD_RESPONSE');
  });

  test('that ends an answer in order is REGISTRAR_BAD_RESPONSE; a reset, or an end before the answer, is not', () => {
    expect(codeOf(fail('ECONNRESET'), { isAnswering: true })).toBe('REGISTRAR_BAD_RESPONSE');
    expect(codeOf(fail('ECONNRESET', { syscall: 'read' }), { isAnswering: true })).toBe(
      'REGISTRAR_UNAVAILABLE',
    );
    expect(codeOf(fail('ECONNRESET'))).toBe('REGISTRAR_UNAVAILABLE');
    expect(codeOf(fail('EPIPE'), { isAnswering: true })).toBe('REGISTRAR_UNAVAILABLE');
  });

  test.each([
    [fail('ERR_INVALID_ARG_TYPE')],
    [fail(undefined)],
    [fail(7)],
    [new Error('without a code')],
    ['a text'],
    [{ code: 'EPIPE' }],
    [null],
    [undefined],
  ])('that is none, as %o, is ours', (error) => {
    expect(codeOf(error)).toBe('INTERNAL');
  });

  test('that names a network code is REGISTRAR_UNAVAILABLE, and so is an address that is not public', () => {
    expect(codeOf(fail('ENETDOWN'))).toBe('REGISTRAR_UNAVAILABLE');
    expect(codeOf(fail('ERR_NOT_PUBLIC_ADDRESS'))).toBe('REGISTRAR_UNAVAILABLE');
  });

  test('says nothing of what it was made from', () => {
    const error = toTransportError(fail('ECONNREFUSED'), { ...PHASE, isHandshake: true });

    expect([error.message, error.stack, error.cause].join()).not.toMatch(/secret/);
  });
});
