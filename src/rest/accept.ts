/**
 * Whether an Accept header allows a media type. The header's parameters, such as `q` and `charset`, are ignored, because existing
 * servers ignore them at addresses that end in `.json`.
 */
export function accepts(header: string | undefined, mediaType: string): boolean {
  const [type, subtype] = mediaType.split('/');
  return (header ?? '*/*').split(',').some((range) => {
    const [main = '', sub = '', ...more] = (range.split(';')[0] ?? '').trim().toLowerCase().split('/');
    return more.length === 0 && (main === type || main === '*') && (sub === subtype || sub === '*');
  });
}

/**
 * Which of several media types an Accept header prefers; undefined when it allows none of them. As on existing servers, the most specific
 * range decides. Among types of equally specific ranges, the first type is chosen. `q` is ignored (Django REST framework,
 * `order_by_precedence`).
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

/**
 * How specific a range of an Accept header is: 3 with parameters other than `q` alone, 2 for a media type, 1 for all subtypes
 * of a type, 0 for everything.
 */
function specificity(range: string): number {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const [main = '', sub = ''] = type.split('/');
  if (main === '*') return 0;
  if (sub === '*') return 1;
  return parameters.length === 0 || (parameters.length === 1 && /^q\s*=/i.test(parameters[0] ?? '')) ? 2 : 3;
}

/**
 * By how many spaces the answer is indented: the `indent` of the most specific range that allows JSON, from 0 to 8, as in
 * `application/json; indent=4` (Django REST framework, `JSONRenderer.get_indent`). 0 when the header does not ask for it.
 */
export function indentOf(header: string | undefined): number {
  if (!header || !/indent/i.test(header)) return 0;
  const ranges = header.split(',').filter((range) => accepts(range, 'application/json'));
  const [decisive = ''] = ranges.toSorted((one, other) => specificity(other) - specificity(one));
  const asked = /;\s*indent\s*=\s*"?\s*([+-]?\d+)\s*"?\s*(?:;|$)/i.exec(decisive)?.[1];
  return Math.min(Math.max(Number(asked ?? 0), 0), 8);
}

/** Whether an Accept header names exactly this media type. Wildcards do not count. */
export function namesType(header: string | undefined, mediaType: string): boolean {
  return (header ?? '').split(',').some((range) => (range.split(';')[0] ?? '').trim().toLowerCase() === mediaType);
}
