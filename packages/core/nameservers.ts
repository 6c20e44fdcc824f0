import { toHost, toTld } from './names.ts';

/** Who serves DNS, by the names under which its nameservers are; `#` stands for a server's number. */
const providers: Readonly<Record<string, readonly string[]>> = {
  'Amazon Route 53': ['awsdns-#.com', 'awsdns-#.net', 'awsdns-#.org', 'awsdns-#.co.uk'],
  'Azure DNS': ['azure-dns.com', 'azure-dns.net', 'azure-dns.org', 'azure-dns.info'],
  'Google Cloud DNS': ['ns-cloud-#.googledomains.com'],
  Cloudflare: ['ns.cloudflare.com', 'foundationdns.com', 'foundationdns.net', 'foundationdns.org'],
  GoDaddy: ['domaincontrol.com'],
  Namecheap: ['registrar-servers.com', 'namecheaphosting.com'],
  Gandi: ['gandi.net'],
  Porkbun: ['ns.porkbun.com'],
  'Name.com': ['name.com'],
  Afternic: ['afternic.com'],
  Akamai: ['akam.net'],
  'Alibaba Cloud': ['alidns.com', 'hichina.com'],
  Bluehost: ['bluehost.com'],
  'bunny.net': ['bunny.net'],
  ClouDNS: ['cloudns.net'],
  Constellix: ['constellix.com'],
  deSEC: ['desec.io', 'desec.org'],
  DigitalOcean: ['digitalocean.com'],
  'DNS Made Easy': ['dnsmadeeasy.com'],
  DNSimple: ['dnsimple.com', 'dnsimple-edge.net', 'dnsimple-edge.org'],
  DNSPod: ['dnspod.net'],
  DreamHost: ['dreamhost.com'],
  Dynadot: ['dynadot.com', 'dyna-ns.net'],
  Google: ['google.com'],
  Hetzner: ['hetzner.com', 'hetzner.de', 'your-server.de', 'first-ns.de', 'second-ns.de', 'second-ns.com'],
  HostGator: ['hostgator.com'],
  Hostinger: ['dns-parking.com'],
  Hover: ['hover.com'],
  'Hurricane Electric': ['he.net'],
  Infomaniak: ['infomaniak.ch'],
  INWX: ['inwx.de'],
  IONOS: ['ui-dns.com', 'ui-dns.de', 'ui-dns.org', 'ui-dns.biz'],
  Linode: ['linode.com'],
  NameSilo: ['dnsowl.com'],
  NS1: ['nsone.net'],
  'Oracle Dyn': ['dynect.net'],
  OVHcloud: ['ovh.net', 'anycast.me'],
  Sedo: ['sedoparking.com'],
  SiteGround: ['siteground.net'],
  Spaceship: ['spaceship.net'],
  Squarespace: ['squarespacedns.com', 'googledomains.com'],
  TransIP: ['transip.nl', 'transip.net'],
  UltraDNS: ['ultradns.com', 'ultradns.net', 'ultradns.org', 'ultradns.biz', 'ultradns.info'],
  Vercel: ['vercel-dns.com'],
  Vultr: ['vultr.com'],
  Wix: ['wixdns.net'],
  'WordPress.com': ['wordpress.com'],
};

const providerByEnding = new Map(
  Object.entries(providers).flatMap(([provider, endings]) =>
    endings.map((ending) => [ending, provider] as const),
  ),
);

/** Second-level labels under which registries of countries register names, as in `example.co.uk`. */
const secondLevels = new Set(['ac', 'co', 'com', 'edu', 'gov', 'ne', 'net', 'or', 'org']);

/**
 * A nameserver's name as it is stored: lower-case A-labels, blanks and the trailing dot removed, underscores allowed.
 * Null when it isn't a host's name of at least two labels.
 */
export function toNameServer(text: string): string | null {
  return toHost(text.trim());
}

/** The nameservers of a list, in its order; what isn't one and what came before is left out. */
export function toNameServers(list: readonly string[]): string[] {
  return [...new Set(list.map(toNameServer))].filter((name) => name !== null);
}

/**
 * Who serves DNS by the names of the nameservers, in a word that people know, else the registrable part of the first
 * of them. Null when there are none. The names are canonical.
 */
export function toDnsProvider(nameServers: readonly string[] | null): string | null {
  for (const name of nameServers ?? []) {
    const provider = toKnownProvider(name);
    if (provider !== undefined) return provider;
  }
  const [first] = nameServers ?? [];
  return first === undefined ? null : toRegistrablePart(first);
}

/** The longest ending counts: Google Cloud's servers are under a name that is otherwise Squarespace's. */
function toKnownProvider(name: string): string | undefined {
  const labels = name.replace(/(?<=\bawsdns-)\d+|(?<=^ns-cloud-)[a-z]\d+/, '#').split('.');
  const endings = labels.map((_, index) => labels.slice(index).join('.'));
  return endings.map((ending) => providerByEnding.get(ending)).find((provider) => provider !== undefined);
}

function toRegistrablePart(name: string): string {
  const labels = name.split('.');
  const isDeeper = toTld(name).length === 2 && secondLevels.has(labels.at(-2) ?? '');
  return labels.slice(isDeeper ? -3 : -2).join('.');
}
