/**
 * Whether an Accept header includes a media type. Its parameters, `q` and `charset` among them, are ignored, because
 * existing servers ignore them at addresses that end in `.json` and so have one form only.
 */
export function accepts(header: string | undefined, mediaType: string): boolean {
  const [type, subtype] = mediaType.split('/');
  return (header ?? '*/*').split(',').some((range) => {
    const [main = '', sub = ''] = (range.split(';')[0] ?? '').trim().toLowerCase().split('/');
    return (main === type || main === '*') && (sub === subtype || sub === '*');
  });
}

/** Whether an Accept header names exactly this media type: ranges such as `*` are not enough. */
export function namesType(header: string | undefined, mediaType: string): boolean {
  return (header ?? '').split(',').some((range) => (range.split(';')[0] ?? '').trim().toLowerCase() === mediaType);
}
