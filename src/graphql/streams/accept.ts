import { EVENT_STREAM } from '../../http/streams/event-stream.ts';

/** How a stream is written. */
export type StreamFormatName = 'events' | 'multipart';

/** The forms of an answer that a client takes. */
export interface AcceptedForms {
  /** The preferred form of a stream; null when the client accepts none. */
  readonly stream: StreamFormatName | null;
  /** Whether the client accepts an answer in one piece of JSON. */
  readonly json: boolean;
}

/**
 * Reads an Accept header (RFC 9110, 12.5.1). It is read as a list, because clients name several types, in different orders. A
 * range such as `text/*` or `*` does not ask for a stream, because a client that sends it does not expect an answer without an
 * end.
 */
export function acceptedForms(header: string | undefined): AcceptedForms {
  if (header === undefined) return ANY_JSON;
  const ranges = header.split(',').map(parseRange);
  const streams = ranges
    .flatMap((range) => {
      const name = streamFormat(range);
      return name !== null && range.quality > 0 ? [{ name, quality: range.quality }] : [];
    })
    .toSorted((one, other) => other.quality - one.quality);
  return { stream: streams[0]?.name ?? null, json: JSON_TYPES.some((type) => takes(ranges, type)) };
}

/** A request without the header accepts every type, like one with the range for all types. Neither asks for a stream. */
const ANY_JSON: AcceptedForms = { stream: null, json: true };

const JSON_TYPES = ['application/json', 'application/graphql-response+json'];

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
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
 * Whether the client accepts a type of `application` in UTF-8. The most specific range that matches the type counts (RFC 9110,
 * 12.5.1). A range with another parameter than the charset does not match. Apollo Server decides in the same way, but only
 * after the execution.
 */
function takes(ranges: readonly Range[], type: string): boolean {
  const inUtf8 = ({ parameters }: Range) =>
    [...parameters].every(([name, value]) => name === 'q' || (name === 'charset' && value.toLowerCase() === 'utf-8'));
  const fitting = ranges.filter(inUtf8);
  const [closest] = [type, 'application/*', '*/*'].flatMap(
    (wanted) => fitting.find((range) => range.type === wanted) ?? [],
  );
  return closest !== undefined && closest.quality > 0;
}

function streamFormat({ type, parameters }: Range): StreamFormatName | null {
  if (type === EVENT_STREAM) return 'events';
  // Apollo's clients also name multipart/mixed with another parameter, for @defer.
  return type === 'multipart/mixed' && parameters.get('subscriptionspec') === '1.0' ? 'multipart' : null;
}
