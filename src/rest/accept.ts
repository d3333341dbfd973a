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

/**
 * The media type that an Accept header prefers, of several; undefined when it includes none. As on existing servers the most specific
 * ranges count first, and among types that equally specific ranges include the first one is taken; `q` does not count (Django REST
 * framework, `order_by_precedence`).
 */
export function firstAccepted<Type extends string>(
  header: string | undefined,
  types: readonly Type[],
): Type | undefined {
  const ranges = Map.groupBy((header ?? '*/*').split(','), specificity);
  for (const [, equal] of [...ranges].toSorted(([one], [other]) => other - one)) {
    const type = types.find((one) => accepts(equal.join(','), one));
    if (type !== undefined) return type;
  }
  return undefined;
}

/** How much a range of an Accept header says: 3 with parameters other than `q` alone, 2 for a type, 1 for a kind, 0 for everything. */
function specificity(range: string): number {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const [main = '', sub = ''] = type.split('/');
  if (main === '*') return 0;
  if (sub === '*') return 1;
  return parameters.length === 0 || (parameters.length === 1 && /^q\s*=/i.test(parameters[0] ?? '')) ? 2 : 3;
}

/** Whether an Accept header names exactly this media type: ranges such as `*` are not enough. */
export function namesType(header: string | undefined, mediaType: string): boolean {
  return (header ?? '').split(',').some((range) => (range.split(';')[0] ?? '').trim().toLowerCase() === mediaType);
}
