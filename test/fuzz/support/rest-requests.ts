import fc from 'fast-check';
import type { WireRequest } from '../../contract/wire.ts';
import { authorizations, encodings, headerValue, mostly, names, texts, times, usually, uuids } from './values.ts';

/** Ways to encode a text in an address: correctly, partly, or wrongly. */
const spellings: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { arbitrary: fc.constant((text: string) => encodeURIComponent(text.toWellFormed())), weight: 6 },
  fc.constantFrom(
    (text: string) => encodeURIComponent(encodeURIComponent(text.toWellFormed())),
    (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+'),
    (text: string) => encodeURIComponent(text.toWellFormed()).slice(0, -1),
    (text: string) => `${encodeURIComponent(text.toWellFormed())}%`,
    (text: string) => `%C3%28${encodeURIComponent(text.toWellFormed())}%zz%00`,
    (text: string) => addressable(text),
  ),
);

/** The text without spaces, control characters and non-ASCII characters, because an address must not contain them. */
export function addressable(text: string): string {
  return text.replaceAll(/[^!-~]/g, '');
}

/** Queries with the parameters of all endpoints, and with unknown ones. */
function queries(cursors: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const parameters: Record<string, fc.Arbitrary<string>> = {
    uuid: uuids,
    before: times,
    after: times,
    archived: mostly(fc.constantFrom('true', 'false', 'all')),
    group: fc.oneof(names, uuids),
    cursor: fc.oneof(
      fc.tuple(fc.constantFrom('after.', 'before.', ''), cursors).map((parts) => parts.join('')),
      mostly(cursors),
    ),
    name: names,
    manual_only: mostly(fc.constantFrom('true', '1', 'no')),
    format: mostly(fc.constantFrom('json', 'html', 'api')),
  };
  const parameter = fc
    .constantFrom(...Object.keys(parameters))
    .chain((name) =>
      fc.tuple(fc.oneof({ arbitrary: fc.constant(name), weight: 12 }, texts), parameters[name] ?? texts),
    );
  const pair = fc.tuple(parameter, spellings).map(([[name, value], spell]) => `${addressable(name)}=${spell(value)}`);
  return fc.array(pair, { maxLength: 4 }).map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''));
}

interface Body {
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

const members = fc.record(
  {
    name: fc.oneof({ arbitrary: names, weight: 4 }, fc.jsonValue({ maxDepth: 2 })),
    group: fc.oneof({ arbitrary: names, weight: 4 }, uuids, fc.jsonValue({ maxDepth: 2 })),
    other: fc.jsonValue({ maxDepth: 3 }),
  },
  { requiredKeys: [] },
);

const jsonBodies = fc
  .oneof(
    { arbitrary: members.map((value) => JSON.stringify(value)), weight: 4 },
    mostly(members.map((value) => JSON.stringify(value))),
    fc.json(),
    texts,
  )
  .map((text): Body => ({ type: 'application/json', bytes: Buffer.from(text) }));

const formBodies = mostly(
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom('name', 'group'), texts), fc.tuple(names, spellings)), { maxLength: 5 })
    .map((pairs) => pairs.map(([name, [value, spell]]) => `${name}=${spell(value)}`).join('&')),
).map((text): Body => ({ type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text) }));

const multipartBodies = fc
  .record({
    boundary: fc.oneof(fc.constant('b'), fc.stringMatching(/^[A-Za-z0-9'()+_,./:=?-]{1,70}$/), texts),
    parts: fc.array(
      fc.record({
        name: fc.oneof({ arbitrary: fc.constantFrom('name', 'group'), weight: 4 }, texts),
        more: fc.constantFrom('', '; filename="a.txt"', "; filename*=UTF-8''%e2%82%ac", '\r\nContent-Type: x/y'),
        value: fc.oneof(names, texts),
      }),
      { maxLength: 4 },
    ),
  })
  .chain(({ boundary, parts }) => {
    const whole = parts
      .map(
        ({ name, more, value }) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`,
      )
      .join('');
    return mostly(fc.constant(`${whole}--${boundary}--\r\n`)).map((text): Body => ({
      type: `multipart/form-data; boundary=${boundary}`,
      bytes: Buffer.from(text),
    }));
  });

const otherBodies = fc.record({
  type: fc.oneof(
    fc.constantFrom(
      ...[undefined, 'text/plain', 'application/json; charset=utf-16le', 'application/json; charset=latin1'],
      ...['application/x-www-form-urlencoded; charset=shift_jis', 'multipart/form-data', 'application/octet-stream'],
    ),
    texts,
  ),
  bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

const bodies = fc.oneof(
  { arbitrary: jsonBodies, weight: 4 },
  { arbitrary: formBodies, weight: 2 },
  { arbitrary: multipartBodies, weight: 2 },
  otherBodies,
);

const methods = fc.oneof(
  { arbitrary: fc.constantFrom('GET', 'POST'), weight: 8 },
  { arbitrary: fc.constantFrom('DELETE', 'HEAD', 'PUT', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY', 'MKCOL'), weight: 2 },
);

const headers = fc.record(
  {
    authorization: authorizations,
    accept: usually('application/json', fc.oneof(fc.constantFrom('*/*', 'text/html', 'application/*;q=0'), texts)),
    'content-encoding': encodings,
    'accept-encoding': fc.constantFrom('gzip', 'br', 'identity;q=0', '*'),
    'idempotency-key': fc.oneof(
      { arbitrary: fc.uuid(), weight: 8 },
      fc.oneof(fc.constantFrom('"a"', 'b', '"', 'a, b'), texts),
    ),
    'x-forwarded-host': texts,
    'x-forwarded-proto': texts,
    'x-http-method-override': fc.constantFrom('DELETE', 'PUT'),
    'if-none-match': texts,
    origin: fc.constantFrom('null', 'https://elsewhere.example'),
    cookie: texts,
  },
  { requiredKeys: ['authorization'] },
);

/** Requests to these paths, with all kinds of parameters, headers and bodies. */
export function restRequests(paths: fc.Arbitrary<string>, cursors: fc.Arbitrary<string>): fc.Arbitrary<WireRequest> {
  return fc
    .record({ method: methods, path: paths, query: queries(cursors), headers, body: bodies })
    .map(({ method, path, query, headers: given, body }): WireRequest => {
      const sent = Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, headerValue(value)]],
      );
      // node:http accepts at most 16 KiB of headers, including the address.
      const address = `${path}${query}`.slice(0, 12_000);
      if (method === 'GET' || method === 'HEAD') return { method, path: address, headers: Object.fromEntries(sent) };
      const { type, bytes } = body;
      const described = {
        'content-length': bytes.length,
        ...(type !== undefined && { 'content-type': headerValue(type) }),
      };
      return { method, path: address, headers: { ...Object.fromEntries(sent), ...described }, body: bytes };
    });
}
