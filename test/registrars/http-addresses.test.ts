import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { lookupPublic } from '#registrars/http-addresses.ts';

type Lookup = NonNullable<Parameters<typeof lookupPublic>[0]>;

const PUBLIC: LookupAddress = { address: '198.51.100.7', family: 4 };
const ALSO_PUBLIC: LookupAddress = { address: '2001:db8::7', family: 6 };

/** Looks a name up through a resolver that answers so; gives what the connection is told, and what the resolver was asked. */
function look(error: Error | null, addresses: LookupAddress[], options: object = {}) {
  let asked: unknown;
  const resolver = (host: string, given: object, answer: (...result: unknown[]) => void) => {
    asked = [host, given];
    answer(error, addresses);
  };
  let told: unknown;
  lookupPublic(resolver as unknown as Lookup)('api.registrar.example', options, (...result) => {
    told = result;
  });
  return { told, asked };
}

describe('a look-up for a connection', () => {
  test('asks for all addresses, whatever else it was told', () => {
    expect(look(null, [PUBLIC], { family: 4 }).asked).toEqual([
      'api.registrar.example',
      { family: 4, all: true },
    ]);
  });

  test('gives the first where one is wanted, and all where all are', () => {
    expect(look(null, [PUBLIC, ALSO_PUBLIC]).told).toEqual([null, '198.51.100.7', 4]);
    expect(look(null, [ALSO_PUBLIC, PUBLIC]).told).toEqual([null, '2001:db8::7', 6]);
    expect(look(null, [PUBLIC, ALSO_PUBLIC], { all: true }).told).toEqual([null, [PUBLIC, ALSO_PUBLIC]]);
    expect(look(null, [PUBLIC], { all: false }).told).toEqual([null, '198.51.100.7', 4]);
  });

  test('passes the resolver’s error on', () => {
    const error = new Error('no such name');

    expect(look(error, [PUBLIC]).told).toEqual([error, []]);
  });

  test.each([
    ['0.0.0.1'],
    ['10.255.255.255'],
    ['100.64.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['172.31.0.1'],
    ['192.0.0.8'],
    ['192.168.1.1'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::ffff:10.0.0.1'],
    ['fd00::1'],
    ['fe80::1'],
    ['ff02::1'],
  ])('refuses a name with the address %s among public ones', (address) => {
    const hidden = { address, family: address.includes(':') ? 6 : 4 };
    const refusal = expect.objectContaining({
      code: 'ERR_NOT_PUBLIC_ADDRESS',
      message: 'not a public address',
    });

    expect(look(null, [PUBLIC, hidden]).told).toEqual([refusal, []]);
    expect(look(null, [hidden, PUBLIC], { all: true }).told).toEqual([refusal, []]);
  });

  test('refuses a name without any address', () => {
    expect(look(null, []).told).toEqual([expect.objectContaining({ code: 'ERR_NOT_PUBLIC_ADDRESS' }), []]);
  });
});
