import { describe, expect, test } from 'vitest';
import { toDnsProvider, toNameServer, toNameServers } from '#core/nameservers.ts';

describe('toNameServer', () => {
  test.each([
    ['NS1.Example.COM.', 'ns1.example.com'],
    [' ns1.example.com ', 'ns1.example.com'],
    ['_ns.example.com', '_ns.example.com'],
    ['ns_1.example.com', 'ns_1.example.com'],
    ['ns.bücher.example', 'ns.xn--bcher-kva.example'],
  ])('reads %j', (text, expected) => {
    expect(toNameServer(text)).toBe(expected);
  });

  test.each([
    '',
    'ns1',
    'ns1..example.com',
    '192.0.2.1',
    '2001:db8::1',
    'ns1.example.com 192.0.2.1',
    'ns1.example.com..',
    '*.example.com',
  ])('gives null for %j', (text) => {
    expect(toNameServer(text)).toBeNull();
  });
});

test('a list keeps its order and loses what came before or is no nameserver', () => {
  const list = ['ns2.example.com', 'NS1.example.com.', 'ns2.example.com.', 'not a name', ''];

  expect(toNameServers(list)).toEqual(['ns2.example.com', 'ns1.example.com']);
});

describe('toDnsProvider', () => {
  test.each([
    ['ada.ns.cloudflare.com', 'Cloudflare'],
    ['ns01.domaincontrol.com', 'GoDaddy'],
    ['dns1.registrar-servers.com', 'Namecheap'],
    ['ns-1-a.gandi.net', 'Gandi'],
    ['curitiba.ns.porkbun.com', 'Porkbun'],
    ['ns1qsy.name.com', 'Name.com'],
    ['ns-2048.awsdns-64.com', 'Amazon Route 53'],
    ['ns-1.awsdns-00.co.uk', 'Amazon Route 53'],
    ['ns1-05.azure-dns.com', 'Azure DNS'],
    ['ns4-05.azure-dns.info', 'Azure DNS'],
    ['ns-cloud-a1.googledomains.com', 'Google Cloud DNS'],
    ['ns1.googledomains.com', 'Squarespace'],
    ['ns1.digitalocean.com', 'DigitalOcean'],
    ['helium.ns.hetzner.de', 'Hetzner'],
    ['dns1.p01.nsone.net', 'NS1'],
  ])('%s is %s', (nameServer, expected) => {
    expect(toDnsProvider([nameServer])).toBe(expected);
  });

  test.each([
    ['ns1.example.com', 'example.com'],
    ['a.b.c.example.org', 'example.org'],
    ['ns1.example.co.uk', 'example.co.uk'],
    ['co.uk', 'co.uk'],
    ['ns1.myname.com', 'myname.com'],
    ['ns.evil-cloudflare.com', 'evil-cloudflare.com'],
    ['ns.cloudflare.com.example.net', 'example.net'],
    ['ns.constructor', 'ns.constructor'],
  ])('an unknown one (%s) is told by its own name, %s', (nameServer, expected) => {
    expect(toDnsProvider([nameServer])).toBe(expected);
  });

  test('the first that is known counts', () => {
    expect(toDnsProvider(['ns1.example.com', 'ada.ns.cloudflare.com', 'ns01.domaincontrol.com'])).toBe(
      'Cloudflare',
    );
  });

  test.each([[null], [[]]])('nothing is known of %j', (nameServers) => {
    expect(toDnsProvider(nameServers)).toBeNull();
  });
});
