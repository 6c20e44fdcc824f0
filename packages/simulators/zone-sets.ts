import { ipv6Text, txtRdata } from './canonical.ts';
import type { Random } from './prng.ts';
import type { DraftSet, ZoneSubject } from './zone.ts';

const MAIL_HOSTS = ['mail.example.net', 'mx1.example.org', 'mx2.example.org', 'in.mail.example.com'] as const;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Addresses of the apex, `www`, perhaps a wildcard and a deep owner. */
export function addressSets({ registrar, domain, random }: ZoneSubject): DraftSet[] {
  const apex = random.int(0, 9);
  const sets: DraftSet[] = [];
  if (apex < 2) sets.push(apexPseudo(registrar, apex));
  if (apex > 0) {
    if (registrar === 'godaddy' || apex > 1) sets.push(plain('@', 'A', addresses(random)));
    sets.push(plain('@', 'AAAA', random.chance(0.5) ? ipv6Addresses(random) : ['2001:db8::1']));
  }
  sets.push(
    random.chance(0.7)
      ? plain('www', 'CNAME', [random.chance(0.6) ? `${domain}.` : 'edge.example.net.'])
      : plain('www', 'A', addresses(random)),
  );
  const wildcard = random.int(0, 9);
  if (wildcard < 4) sets.push(plain('*', 'A', addresses(random)));
  else if (wildcard < 6) sets.push(plain('*', 'CNAME', [`www.${domain}.`]));
  if (random.chance(0.3)) sets.push(plain('a.deep.host', 'AAAA', ipv6Addresses(random)));
  return sets;
}

/** The apex's own nameservers where the registrar's API shows them, perhaps a delegation. */
export function nameServerSets({ registrar, nameServers, random }: ZoneSubject): DraftSet[] {
  const shown = { godaddy: 1, porkbun: 0.5, gandi: 0.3, namecheap: 0, namecom: 0 }[registrar];
  const apex = random.chance(shown)
    ? [
        plain(
          '@',
          'NS',
          nameServers.map((host) => `${host}.`),
        ),
      ]
    : [];
  const below = random.chance(0.2) ? [plain('dev', 'NS', ['ns2.example.org.', 'ns1.example.org.'])] : [];
  return [...apex, ...below];
}

/** MX of the apex and of a subdomain. */
export function mailSets({ domain, registrar, random }: ZoneSubject): DraftSet[] {
  const values = random
    .shuffle(MAIL_HOSTS)
    .slice(0, random.int(1, 4))
    .map((host, i) => `${random.pick([0, 5, 10, 10, 20]) * (i + 1)} ${host}.`);
  const sub = registrar === 'gandi' && random.chance(0.3) ? '0 .' : `10 mail.${domain}.`;
  return [plain('@', 'MX', [...values, `100 mail.${domain}.`]), plain('lists', 'MX', [sub])];
}

/** SPF, proofs of ownership, DMARC with characters to escape, a DKIM key beyond 255 octets, UTF-8. */
export function textSets({ random, domain }: ZoneSubject): DraftSet[] {
  const letters = pieces(7, () => keyPiece(random));
  const proof = `site-verification=${letters.slice(0, 24)}`;
  return [
    text('@', random.chance(0.5) ? ['v=spf1 include:_spf.example.net ~all', proof] : ['v=spf1 -all']),
    text('_dmarc', [`v=DMARC1; p=quarantine; rua=mailto:"dmarc\\reports"@${domain}; pct=100`]),
    text('s1._domainkey', [`v=DKIM1; k=rsa; p=${letters}`]),
    text('note', [random.chance(0.7) ? 'grüße aus köln – ✓' : `${'ä'.repeat(150)} end`]),
    random.chance(0.5)
      ? text('_acme-challenge', [letters.slice(30, 73), letters.slice(73, 116)])
      : plain('_acme-challenge', 'CNAME', ['validation.example.org.']),
  ];
}

/** SRV everywhere; CAA where the API can carry it; Gandi's and Porkbun's further types. */
export function serviceSets({ registrar, domain, random }: ZoneSubject): DraftSet[] {
  const sets = [
    plain('_sip._tcp', 'SRV', [
      '10 60 5060 sip1.example.net.',
      '10 20 5060 sip2.example.net.',
      `0 5 5061 sip.${domain}.`,
    ]),
    plain('_imaps._tcp.mail', 'SRV', [`${random.int(0, 1)} 1 993 mail.example.net.`]),
  ];
  const hex = (digits: number): string =>
    pieces(digits / 8, () => random.int(0, 0xffff_ffff).toString(16).padStart(8, '0'));
  if (registrar !== 'namecom') {
    const issue = ['0 issue "letsencrypt.org"', '0 issuewild ";"', '128 iodef "mailto:security@example.net"'];
    sets.push(plain('@', 'CAA', issue.slice(0, random.int(1, 3))));
  }
  if (registrar === 'gandi' || registrar === 'porkbun') {
    sets.push(
      plain('_443._tcp.www', 'TLSA', [`3 1 1 ${hex(64)}`, `2 0 1 ${hex(64)}`]),
      plain('shell', 'SSHFP', [`4 2 ${hex(64)}`, `1 1 ${hex(40)}`]),
    );
  }
  if (registrar === 'gandi') {
    sets.push(
      plain('dev', 'DS', [`60485 13 2 ${hex(64)}`]),
      plain('@', 'CDS', [`12892 13 2 ${hex(64)}`]),
      plain('office', 'LOC', ['52 22 23.000 N 4 53 32.000 E -2.00m 0.50m 0.90m 0.20m']),
      plain('tel', 'NAPTR', ['100 10 "U" "E2U+sip" "!^.*$!sip:info@example.net!" .']),
      plain('old', 'DNAME', ['new.example.net.']),
    );
  }
  return sets;
}

/** What a registrar keeps among its records though it isn't DNS: forwarding and aliases. */
export function pseudoSets({ registrar, domain }: ZoneSubject): DraftSet[] {
  if (registrar === 'godaddy') return [];
  if (registrar !== 'namecheap') return [pseudo('shop', apexAlias(registrar), `www.${domain}.`)];
  return [
    pseudo('blog', 'URL301', 'https://blog.example.net/start?from=a&to=b'),
    pseudo('go', 'URL', 'http://www.example.org/'),
    pseudo('frame', 'FRAME', 'https://example.com/"framed"/'),
    pseudo('shop', 'ALIAS', 'shops.example.net.'),
    pseudo('@', 'MXE', '192.0.2.25'),
  ];
}

function apexPseudo(registrar: ZoneSubject['registrar'], form: number): DraftSet {
  if (registrar === 'godaddy') {
    return { name: '@', type: 'A', records: [], pseudo: { kind: 'PARKED', value: 'Parked' } };
  }
  if (registrar === 'namecheap' && form === 0) return pseudo('@', 'URL', 'http://www.example.net/?from=@');
  return pseudo('@', apexAlias(registrar), 'target.example.net.');
}

function apexAlias(registrar: ZoneSubject['registrar']): string {
  return registrar === 'namecom' ? 'ANAME' : 'ALIAS';
}

function pieces(count: number, make: () => string): string {
  return Array.from({ length: count }, make).join('');
}

/** 56 characters of a key that opens nothing. */
function keyPiece(random: Random): string {
  const start = random.int(0, 63);
  return `${BASE64}${BASE64}`.slice(start, start + 56);
}

function plain(name: string, type: string, records: readonly string[]): DraftSet {
  return { name, type, records };
}

function text(name: string, values: readonly string[]): DraftSet {
  return plain(
    name,
    'TXT',
    values.map((value) => txtRdata(Buffer.from(value))),
  );
}

function pseudo(name: string, kind: string, value: string): DraftSet {
  return { name, type: kind, records: [], pseudo: { kind, value } };
}

function addresses(random: Random): string[] {
  const block = random.pick(['192.0.2', '198.51.100', '203.0.113']);
  const first = random.int(1, 80);
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, i) => `${block}.${first + i * 57}`);
}

function ipv6Addresses(random: Random): string[] {
  const group = (): number => random.pick([0, 0, random.int(1, 0xffff)]);
  return [1, 2].map((last) => ipv6Text([0x2001, 0xdb8, group(), group(), group(), group(), group(), last]));
}
