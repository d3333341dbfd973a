import { isIPv4, isIPv6 } from 'node:net';

/**
 * The part of a client's address that stands for one customer of a network: the whole IPv4 address, or the first 64 bits
 * of an IPv6 address, because every IPv6 host can choose among 2^64 addresses of its network. All texts that are no
 * address, such as a wrong X-Forwarded-For, count as one.
 */
export function networkOf(address: string | undefined): string {
  const [text = ''] = (address ?? '').split('%');
  const mapped = /^::ffff:([\d.]+)$/i.exec(text)?.[1] ?? text;
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(text)) return 'unknown';
  // The URL parser writes an IPv6 address in its only canonical form, without an embedded IPv4 address.
  const [before = '', after] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const head = words(before);
  const tail = after === undefined ? [] : words(after);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** A range of addresses, such as 10.0.0.0/8. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly version: 'ipv4' | 'ipv6';
}

/** Reads a range in CIDR notation; null when the text is none. An address alone is a range of one. */
export function parseNetwork(text: string): Network | null {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null;
  if (version === null) return null;
  const bits = version === 'ipv4' ? 32 : 128;
  const prefix = Number(digits ?? bits);
  return prefix <= bits ? { address, prefix, version } : null;
}
