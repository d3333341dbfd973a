import { EVENT_STREAM } from '../http/streams/event-stream.ts';

/** How a stream is written. */
export type StreamFormatName = 'events' | 'multipart';

/** The media type of JSON, of requests and of answers. */
export const JSON_TYPE = 'application/json';

/** How many ranges of a header are read, and how many parameters of each. Clients send a few; reading thousands would take long. */
const MAX_RANGES = 100;
const MAX_PARAMETERS = 10;

/** The types of an answer in one piece. */
const JSON_TYPES = [JSON_TYPE, 'application/graphql-response+json'] as const;

/** The forms of an answer that a client takes. */
export interface AcceptedForms {
  /** The preferred form of a stream; null when the client accepts none. */
  readonly stream: StreamFormatName | null;
  /** The preferred type of an answer in one piece of JSON; null when the client accepts none. */
  readonly json: (typeof JSON_TYPES)[number] | null;
  /**
   * Whether the client takes a status other than 200 for the answer to a well-formed request. One that names `application/json` alone may
   * take it for the answer of a proxy (GraphQL over HTTP, 6.4.1).
   */
  readonly knowsStatuses: boolean;
}

/**
 * Reads an Accept header (RFC 9110, 12.5.1). It is read as a list, because clients name several types, in different orders. A
 * range such as `text/*` or `*` does not ask for a stream, because a client that sends it does not expect an answer without an
 * end.
 */
export function acceptedForms(header: string | undefined): AcceptedForms {
  if (header === undefined) return ANY_JSON;
  const ranges = header.split(',', MAX_RANGES).map(parseRange);
  const streams = ranges
    .flatMap((range) => {
      const name = streamFormat(range);
      return name !== null && range.quality > 0 ? [{ name, quality: range.quality }] : [];
    })
    .toSorted((one, other) => other.quality - one.quality);
  const types = JSON_TYPES.flatMap((type) => {
    const range = closestRange(ranges, type);
    return range && range.quality > 0 ? [{ type, range, isNamed: range.type === type }] : [];
  }).toSorted(
    (one, other) =>
      other.range.quality - one.range.quality ||
      Number(other.isNamed) - Number(one.isNamed) ||
      ranges.indexOf(one.range) - ranges.indexOf(other.range),
  );
  const named = types.filter(({ isNamed }) => isNamed);
  return {
    stream: streams[0]?.name ?? null,
    json: types[0]?.type ?? null,
    knowsStatuses: named.length === 0 || named.some(({ type }) => type !== JSON_TYPE),
  };
}

/** A request without the header accepts every type, like one with the range for all types. Neither asks for a stream. */
const ANY_JSON: AcceptedForms = { stream: null, json: JSON_TYPE, knowsStatuses: true };

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';', 1 + MAX_PARAMETERS).map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const [name = '', value = ''] = part.split('=', 2).map((side) => side.trim());
      return [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
    }),
  );
  const quality = Number(parameters.get('q') ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 0 : quality };
}

/**
 * The range that says how much the client likes a type of `application` in UTF-8: the most specific one that matches the type (RFC 9110,
 * 12.5.1). A range with another parameter than the charset does not match. Returns undefined when none matches.
 */
function closestRange(ranges: readonly Range[], type: string): Range | undefined {
  const inUtf8 = ({ parameters }: Range) =>
    [...parameters].every(([name, value]) => name === 'q' || (name === 'charset' && value.toLowerCase() === 'utf-8'));
  const fitting = ranges.filter(inUtf8);
  const [closest] = [type, 'application/*', '*/*'].flatMap(
    (wanted) => fitting.find((range) => range.type === wanted) ?? [],
  );
  return closest;
}

function streamFormat({ type, parameters }: Range): StreamFormatName | null {
  if (type === EVENT_STREAM) return 'events';
  // Apollo's clients also name multipart/mixed with another parameter, for @defer.
  return type === 'multipart/mixed' && parameters.get('subscriptionspec') === '1.0' ? 'multipart' : null;
}
