import { EVENT_STREAM, eventText } from '../../http/streams/event-stream.ts';
import type { StreamFormatName } from '../accept.ts';

/** How the results of a stream are written. */
export interface StreamFormat {
  readonly contentType: string;
  /** The text before the first result. */
  readonly start: string;
  /** `cursor` is the position from which a client can go on after this result. It is given only for a batch of changes. */
  result(result: object, cursor: string | undefined): string;
  /** Says that the stream is complete. When an answer stops without it, the client should send its request again. */
  readonly end: string;
}

const BOUNDARY = 'graphql';

export const STREAM_FORMATS: Readonly<Record<StreamFormatName, StreamFormat>> = {
  /** Distinct connections mode of https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverSSE.md. */
  events: {
    contentType: EVENT_STREAM,
    start: '',
    result: (result, cursor) => eventText({ event: 'next', id: cursor, data: JSON.stringify(result) }),
    end: eventText({ event: 'complete' }),
  },
  /** https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol. */
  multipart: {
    contentType: `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec="1.0"`,
    start: `\r\n--${BOUNDARY}`,
    // The boundary is sent together with the result, because clients read a part only when they have seen its end.
    result: (result) =>
      `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ payload: result })}\r\n--${BOUNDARY}`,
    end: '--\r\n',
  },
};
