import { lookup as lookupByDns } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** Address blocks that no registrar's API can have (RFC 6890 and its successors). */
const special = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  special.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  special.addSubnet(net, prefix, 'ipv6');
}

/** Whether an address can be a registrar's: not loopback, private, link-local (where clouds keep metadata) or multicast. */
function isPublicAddress(address: string): boolean {
  return !special.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * A look-up for connections that refuses names with any address that isn't public: a resolver that lies must not lead
 * a call with a key in it into our own network. The error's code is `ERR_NOT_PUBLIC_ADDRESS`.
 */
export function lookupPublic(lookup: typeof lookupByDns = lookupByDns): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(toRefusal(), []);
      }
      const [first] = addresses;
      return options.all === true || first === undefined
        ? callback(null, addresses)
        : callback(null, first.address, first.family);
    });
  };
}

function toRefusal(): NodeJS.ErrnoException {
  return Object.assign(new Error('not a public address'), { code: 'ERR_NOT_PUBLIC_ADDRESS' });
}
