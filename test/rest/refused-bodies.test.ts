import { describe, expect, test } from 'vitest';
import { BODY_LIMIT } from '../../src/http/body.ts';
import { MAX_FORM } from '../../src/rest/form.ts';
import { openWorld } from '../support/world.ts';
import { form, json, multipart, part } from './support/bodies.ts';
import { expectNoInsides } from './support/insides.ts';

const { rest } = await openWorld();

describe('bodies that are refused', () => {
  test.each<{ what: string; headers: Record<string, string>; body: string | Buffer; status: number; says: RegExp }>([
    {
      what: 'JSON nested deeply',
      headers: json,
      body: '['.repeat(200_000),
      status: 400,
      says: /^\{"detail":"JSON parse error - /,
    },
    {
      what: 'JSON nested deeply and well formed',
      headers: json,
      body: `{"name": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      status: 400,
      says: /./,
    },
    {
      what: 'JSON with more lists in each other than existing servers read',
      headers: json,
      body: `{"other": ${'['.repeat(900)}${']'.repeat(900)}, "name": "x", "group": "Vets"}`,
      status: 400,
      says: /^\{"detail":"JSON parse error - The body is nested too deeply"\}$/,
    },
    {
      what: 'JSON with more values than any endpoint reads',
      headers: json,
      body: `{"name": "x", "group": "Vets", "other": [${'1,'.repeat(10_000)}1]}`,
      status: 400,
      says: /^\{"detail":"JSON parse error - The body has more than 10000 values"\}$/,
    },
    {
      what: 'JSON with a longer number than existing servers read',
      headers: json,
      body: `{"name": ${'9'.repeat(4_301)}, "group": "Vets"}`,
      status: 400,
      says: /^\{"detail":"JSON parse error - A whole number has more than 4300 digits"\}$/,
    },
    {
      what: 'JSON that is not UTF-8',
      headers: json,
      body: Buffer.from('{"name": "\xff"}', 'latin1'),
      status: 400,
      says: /JSON parse error - /,
    },
    { what: 'JSON with a byte order mark', headers: json, body: '\ufeff{}', status: 400, says: /JSON parse error - / },
    {
      what: 'JSON that is said to be ASCII, and is Latin-1',
      headers: { 'Content-Type': 'application/json; charset=ascii' },
      body: Buffer.from('{"name": "Thé", "group": "Vets"}', 'latin1'),
      status: 400,
      says: /JSON parse error - /,
    },
    {
      what: 'no type',
      headers: {},
      body: '{"name": "x"}',
      status: 415,
      says: /Unsupported media type \\"\\" in request/,
    },
    {
      what: 'a type of JSON that is not plain JSON',
      headers: { 'Content-Type': 'application/vnd.api+json' },
      body: '{"name": "x"}',
      status: 415,
      says: /Unsupported media type \\"application\/vnd.api\+json\\" in request/,
    },
    {
      what: 'a form that is said to be JSON',
      headers: json,
      body: 'name=x&group=Vets',
      status: 400,
      says: /JSON parse error - /,
    },
    {
      what: 'JSON that is said to be a form',
      headers: form,
      body: '{"name": "x", "group": "Vets"}',
      status: 400,
      says: /^\{"name":\["This field is required."\],"group":\["This field is required."\]\}$/,
    },
    {
      what: 'a form of names without values',
      headers: form,
      body: 'name&group',
      status: 400,
      says: /^\{"name":\["This field may not be blank."\],"group":\["This field may not be null."\]\}$/,
    },
    {
      what: 'a form in which null is a word',
      headers: form,
      body: 'name=x&group=null',
      status: 400,
      says: /^\{"group":\["No such object: null"\]\}$/,
    },
    {
      what: 'a file for a name',
      headers: multipart,
      body: `${part('name="name"; filename="x.txt"', 'x')}${part('name="group"', 'Vets')}--b--\r\n`,
      status: 400,
      says: /^\{"name":\["Not a valid string."\]\}$/,
    },
    {
      what: 'a file and a value for a name',
      headers: multipart,
      body: `${part('name="name"; filename="x.txt"', 'x')}${part('name="name"', 'x')}${part('name="group"', 'Vets')}--b--\r\n`,
      status: 400,
      says: /^\{"name":\["Not a valid string."\]\}$/,
    },
    {
      what: 'a name too long, with a NUL',
      headers: json,
      body: `{"name": "${'x'.repeat(64)}\\u0000", "group": "Vets"}`,
      status: 400,
      says: /^\{"name":\["Cannot be longer than 64 characters.","Ensure this field has no more than 64 characters.","Null characters are not allowed."\]\}$/,
    },
    {
      what: 'a group with a NUL',
      headers: json,
      body: '{"name": "x", "group": "a\\u0000"}',
      status: 400,
      says: /^\{"group":\["No such object: a\\u0000"\]\}$/,
    },
    { what: 'JSON cut short', headers: json, body: '{"name": "x', status: 400, says: /JSON parse error - / },
    {
      what: 'a name of 1e400',
      headers: json,
      body: '{"name": 1e400}',
      status: 400,
      says: /"group":\["This field is required/,
    },
    {
      what: 'a name of many digits',
      headers: json,
      body: `{"name": ${'9'.repeat(65)}, "group": "Vets"}`,
      status: 400,
      says: /Cannot be longer than 64 characters/,
    },
    {
      what: 'a group of 1e400',
      headers: json,
      body: '{"name": "x", "group": 1e400}',
      status: 400,
      says: /Must be a string or integer/,
    },
    {
      what: 'a group of thirty digits',
      headers: json,
      body: `{"name": "x", "group": ${'8'.repeat(30)}}`,
      status: 400,
      says: /No such object: 8{30}/,
    },
    {
      what: 'a group with NUL',
      headers: json,
      body: '{"name": "x", "group": "a\\u0000"}',
      status: 400,
      says: /No such object: a/,
    },
    {
      what: 'a group with half a character',
      headers: json,
      body: '{"name": "x", "group": "\\ud800"}',
      status: 400,
      says: /No such object/,
    },
    {
      what: 'half a character in the name',
      headers: json,
      body: '{"name": "\\udfff", "group": "Vets"}',
      status: 400,
      says: /Surrogate characters are not allowed: U\+DFFF/,
    },
    {
      what: 'members of the prototype',
      headers: json,
      body: '{"__proto__": {"name": "x"}, "constructor": 1}',
      status: 400,
      says: /"name":\["This field is required/,
    },
    {
      what: 'a form of nothing but signs',
      headers: form,
      body: '&=&=%&%zz=%ff&&',
      status: 400,
      says: /"name":\["This field is required/,
    },
    {
      what: 'a form with bytes that are no text',
      headers: form,
      body: 'name=%ff%fe&group=Nobody',
      status: 400,
      says: /No such object: Nobody/,
    },
    {
      what: 'a form with NUL',
      headers: form,
      body: 'name=a%00&group=Vets',
      status: 400,
      says: /Null characters are not allowed/,
    },
    {
      what: 'multipart without a boundary',
      headers: { 'Content-Type': 'multipart/form-data' },
      body: 'x',
      status: 400,
      says: /Multipart form parse error - The Content-Type names no boundary"/,
    },
    ...['no boundary at all', '--b--', '--b\r\n--b--\r\n', '--b\r\n\r\nno name\r\n--b--'].map((body) => ({
      what: `multipart without parts that have a name: ${JSON.stringify(body)}`,
      headers: multipart,
      body,
      status: 400,
      says: /^\{"name":\["This field is required."\],"group":\["This field is required."\]\}$/,
    })),
    ...[
      {
        what: 'multipart with 1,001 parts',
        body: `${part('name="x"', '').repeat(1_001)}--b--`,
        says: /Multipart form parse error - The body .* has more than 1000 parts"/,
      },
      {
        what: 'multipart with 1,000 parts and an empty one',
        body: `${part('name="x"', '').repeat(1_000)}--b\r\n--b--`,
        says: /Multipart form parse error - The body .* has more than 1000 parts"/,
      },
      {
        what: 'multipart with headers of a megabyte',
        body: `${part(';a='.repeat(300_000), 'x')}--b--`,
        says: /Multipart form parse error - The headers of a part are longer than 1024 bytes"/,
      },
    ].map((one) => ({ ...one, headers: multipart, status: 400 })),
    ...[
      part('name="name"', 'x').slice(0, -8),
      part('name="name"', 'x'),
      `${part('name="name"', 'x')}--`,
      `${part('name="name"', 'x')}--b\r\nContent-Disp`,
    ].map((body) => ({
      what: `multipart cut short: ${JSON.stringify(body.slice(-12))}`,
      headers: multipart,
      body,
      status: 400,
      says: /Multipart form parse error - The body does not end with its boundary/,
    })),
    {
      what: 'files',
      headers: multipart,
      body: `${part('name="name"; filename="x.txt"', 'x')}${part('name="group"; filename="y"', 'Vets')}--b--\r\n`,
      status: 400,
      says: /Not a valid string/,
    },
    {
      what: 'a type that is none',
      headers: { 'Content-Type': ';;;' },
      body: 'x',
      status: 415,
      says: /Unsupported media type/,
    },
  ])('$what', async ({ headers, body, status, says }) => {
    const reply = await rest.ask('/campaigns.json', { headers, body });
    const text = expectNoInsides(reply);
    expect([reply.status, text]).toEqual([status, expect.stringMatching(says)]);
  });
});

describe('a body over the limit', () => {
  const body = JSON.stringify({ name: 'x'.repeat(BODY_LIMIT), group: 'Vets' });
  const detail = `The body is too large: at most ${BODY_LIMIT} bytes are taken.`;

  // The server does not read the rest of the body, so the connection cannot be used for another request.
  test.each([
    { what: 'whose length is announced', path: '/campaigns.json', headers: json },
    { what: 'in chunks', path: '/campaigns.json', headers: { ...json, 'Transfer-Encoding': 'chunked' } },
    {
      what: 'for an object that does not exist',
      path: '/campaigns.json?uuid=00000000-0000-4000-8000-000000000000',
      headers: json,
    },
    { what: 'for a group', path: '/groups.json', headers: json },
  ])('$what is answered with 413, and the connection is closed', async ({ path, headers }) => {
    // The client asks to keep the connection open.
    const reply = await rest.ask(path, { headers: { ...headers, Connection: 'keep-alive' }, body });
    expect([reply.status, reply.json]).toEqual([413, { detail }]);
    expect(reply.headers.get('connection')).toBe('close');
    expect(reply.headers.get('content-length')).toBe(String(JSON.stringify({ detail }).length));
  });

  test('a form has a lower limit', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const post = (length: number) => rest.ask('/campaigns.json', { headers: form, body: 'name='.padEnd(length, 'x') });
    const fitting = await post(MAX_FORM);
    expect([fitting.status, fitting.json]).toMatchObject([400, { group: ['This field is required.'] }]);
    const { status, json: answer } = await post(MAX_FORM + 1);
    expect([status, answer]).toEqual([413, { detail: `The form is too large: at most ${MAX_FORM} bytes are taken.` }]);
  });

  test('one that just fits is read', async () => {
    const fitting = `{"name": "Fits", "group": "Vets"${' '.repeat(BODY_LIMIT - 33)}}`;
    expect(Buffer.byteLength(fitting)).toBe(BODY_LIMIT);
    expect((await rest.ask('/campaigns.json', { headers: json, body: fitting })).status).toBe(201);
  });
});
