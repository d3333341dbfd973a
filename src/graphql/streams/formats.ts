import { EVENT_STREAM, eventText } from '../../http/streams/event-stream.ts';
import type { StreamFormatName } from './accept.ts';

/** How the results of a stream are written. */
export interface StreamFormat {
  readonly contentType: string;
  /** The text before the first result. */
  readonly start: string;
  /** `cursor` is where a client can go on from after this result, if it is a batch of changes. */
  result(result: object, cursor: string | undefined): string;
  /** Says that there is nothing more. An answer that stops without it is to be asked for again. */
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
    // The boundary comes at once, because clients read a part when they have seen its end.
    result: (result) =>
      `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ payload: result })}\r\n--${BOUNDARY}`,
    end: '--\r\n',
  },
};
