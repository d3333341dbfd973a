import type { ServerResponse } from 'node:http';
import { sendStream } from '../../http/streams/send-stream.ts';
import type { StreamedResult } from '../execution/operation.ts';
import type { StreamFormatName } from '../accept.ts';
import type { StreamFormat } from './formats.ts';
import { STREAM_FORMATS } from './formats.ts';

/** Sends results as they come. Resolves with the error with which they have ended, if any. */
export function answerWithStream(
  response: ServerResponse,
  format: StreamFormatName,
  results: AsyncIterable<StreamedResult>,
  signal: AbortSignal,
): Promise<Error | undefined> {
  const { [format]: writing } = STREAM_FORMATS;
  return sendStream(response, writing.contentType, partsOf(results, writing), signal);
}

async function* partsOf(results: AsyncIterable<StreamedResult>, format: StreamFormat): AsyncGenerator<string> {
  let { start } = format;
  for await (const { result, cursor } of results) {
    yield start + format.result(result, cursor);
    start = '';
  }
  yield start + format.end;
}

/** The text of a stream with one result, for clients that accept an operation's result in no other form. */
export function textOfStream(format: StreamFormatName, result: string): { contentType: string; text: string } {
  const { contentType, start, result: write, end } = STREAM_FORMATS[format];
  return { contentType, text: start + write(JSON.parse(result) as object, undefined) + end };
}
