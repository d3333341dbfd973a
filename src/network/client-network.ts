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
