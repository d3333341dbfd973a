/**
 * Whether an Accept header has room for a media type. As existing servers read it: parameters, `q` and `charset` among
 * them, are passed over, since an address that ends in `.json` has one form only.
 */
export function accepts(header: string | undefined, mediaType: string): boolean {
  const [type, subtype] = mediaType.split('/');
  return (header ?? '*/*').split(',').some((range) => {
    const [main = '', sub = ''] = (range.split(';')[0] ?? '').trim().toLowerCase().split('/');
    return (main === type || main === '*') && (sub === subtype || sub === '*');
  });
}
