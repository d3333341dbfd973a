import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses, such as 10.0.0.0/8. */
export interface AddressRange {
  readonly address: string;
  readonly prefix: number;
  readonly version: 'ipv4' | 'ipv6';
}

/** Reads a range in CIDR notation; null when the text is none. An address alone is a range of one. */
export function parseRange(text: string): AddressRange | null {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null;
  if (version === null) return null;
  const bits = version === 'ipv4' ? 32 : 128;
  const prefix = Number(digits ?? bits);
  return prefix <= bits ? { address, prefix, version } : null;
}
