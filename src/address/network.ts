import { BlockList } from 'node:net';

/**
 * IPv4 networks that cannot be reached over the internet: IANA's registry of special-purpose addresses, and multicast. Each is
 * an address and the length of its prefix.
 */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/**
 * The only IPv6 range for public hosts, and the networks in it that are reserved for documentation or embedded IPv4 addresses.
 */
const global6 = ['2000::', 3] as const;
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

/** Top-level names for private networks: RFC 6761, 6762 (appendix G too), 8375, and `internal` by ICANN. */
const ownNames = ['localhost', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'home.arpa'];

const [special, global] = [new BlockList(), new BlockList()];
for (const [network, length] of special4) special.addSubnet(network, length, 'ipv4');
for (const [network, length] of special6) special.addSubnet(network, length, 'ipv6');
global.addSubnet(...global6, 'ipv6');

/** Whether a host, as `URL` writes it, may be reachable over the internet. Decided by the name alone, without a DNS query. */
export function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith('[')) {
    const address = hostname.slice(1, -1);
    return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
  }
  // `URL` turns every spelling of an IPv4 address into four decimal numbers, and no other host into that form.
  if (/^\d+(\.\d+){3}$/.test(hostname)) return !special.check(hostname, 'ipv4');
  return hostname.includes('.') && !ownNames.some((name) => hostname.endsWith(`.${name}`) || hostname === name);
}
