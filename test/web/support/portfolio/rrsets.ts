import type { RrsetJson } from '#api/schemas/domain.ts';
import { createRandom } from './random.ts';

/** The records of a domain, always the same for a name: 8 to 20 sets, with long texts and one that is no DNS record. */
export function makeRrsets(name: string): RrsetJson[] {
  const random = createRandom(name);
  const apex = `${name}.`;
  const ttl = random.pick([300, 600, 3600, 14_400, 86_400]);
  const octet = () => random.int(1, 254);
  const set = (owner: string, type: string, ...records: string[]): RrsetJson => ({
    name: owner === '@' ? apex : `${owner}.${apex}`,
    type,
    ttl,
    records,
  });
  const key = Array.from({ length: 392 }, () => random.pick(KEY_CHARACTERS)).join('');
  const hosts = ['api', 'blog', 'cdn', 'dev', 'docs', 'ftp', 'git', 'mail', 'shop', 'status', 'vpn'];
  const sets = [
    set('@', 'A', `192.0.2.${octet()}`, `198.51.100.${octet()}`),
    set('@', 'AAAA', `2001:db8:${random.int(1, 9)}::${random.int(1, 9)}`),
    set('@', 'CAA', '0 iodef "mailto:security@example.com"', '0 issue "letsencrypt.org"'),
    set('@', 'MX', '10 mx1.example.net.', '20 mx2.example.net.'),
    set('@', 'NS', 'ns1.example.net.', 'ns2.example.net.'),
    set('@', 'TXT', '"v=spf1 include:_spf.example.net ~all"', `"site-verification=${key.slice(0, 43)}"`),
    set('mail._domainkey', 'TXT', `"v=DKIM1; k=rsa; p=${key.slice(0, 237)}" "${key.slice(237)}"`),
    set('_dmarc', 'TXT', '"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"'),
    set('_sip._tls', 'SRV', '100 1 443 sip.example.net.'),
    { ...set('www', 'CNAME', apex), ttl: null },
    ...hosts.slice(0, random.int(0, hosts.length)).map((host) => set(host, 'A', `203.0.113.${octet()}`)),
    ...(random.chance(0.3)
      ? [
          {
            ...set('old', 'URL301'),
            ttl: null,
            pseudo: { provider: 'namecheap' as const, kind: 'URL301', value: 'https://example.com/' },
          },
        ]
      : []),
  ];
  // no name has more than 253 characters and its dot
  return sets.filter((each) => each.name.length <= 254);
}

const KEY_CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
