import { EVENT_STREAM } from '../../http/streams/event-stream.ts';

/** How a stream is written. */
export type StreamFormatName = 'events' | 'multipart';

/** The forms of an answer that a client takes. */
export interface AcceptedForms {
  /** The preferred one for a stream; null: none. */
  readonly stream: StreamFormatName | null;
  /** Whether it takes an answer in one piece of JSON. */
  readonly json: boolean;
}

/**
 * Reads an Accept header (RFC 9110, 12.5.1) as a list: clients name several types, in different orders. A range such as
 * `text/*` or `*` stands for no stream, because whoever sends it does not expect an answer without an end.
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
  return { stream: streams[0]?.name ?? null, json: ranges.some(takesJson) };
}

/** Who sends no header takes every form, as with the range of everything. */
const ANY_JSON: AcceptedForms = { stream: null, json: true };

const JSON_TYPES = new Set(['*/*', 'application/*', 'application/json', 'application/graphql-response+json']);

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

/** Whether Apollo Server finds that an answer in JSON fits: a parameter that the answer does not have keeps it from that. */
function takesJson({ type, parameters, quality }: Range): boolean {
  const fits = ([name, value]: [string, string]) =>
    name === 'q' || (name === 'charset' && value.toLowerCase() === 'utf-8');
  return quality > 0 && JSON_TYPES.has(type) && [...parameters].every(fits);
}

function streamFormat({ type, parameters }: Range): StreamFormatName | null {
  if (type === EVENT_STREAM) return 'events';
  // Apollo's clients also name multipart/mixed with another parameter, for @defer.
  return type === 'multipart/mixed' && parameters.get('subscriptionspec') === '1.0' ? 'multipart' : null;
}
