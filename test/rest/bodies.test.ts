import { describe, expect, test } from 'vitest';
import { BODY_LIMIT } from '../../src/http/body.ts';
import { openWorld } from '../support/world.ts';
import { expectNoInsides } from './support/insides.ts';

const { rest } = await openWorld();

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' };

function part(disposition: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

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
        what: 'multipart with headers of a megabyte',
        body: `${part(';a='.repeat(300_000), 'x')}--b--`,
        says: /Multipart form parse error - The headers of a part are longer than 1024 bytes"/,
      },
    ].map((one) => ({ ...one, headers: multipart, status: 400 })),
    {
      what: 'multipart cut short',
      headers: multipart,
      body: part('name="name"', 'x').slice(0, -8),
      status: 400,
      says: /Multipart form parse error - The body does not end with its boundary/,
    },
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

describe('bodies in other encodings and types', () => {
  test.each<{ what: string; headers: Record<string, string>; body: string | Buffer; name: string }>([
    {
      what: 'a form with letters that are not encoded',
      headers: form,
      body: 'name=Fièvre à Abidjan&group=Vets',
      name: 'Fièvre à Abidjan',
    },
    {
      what: 'a form with letters that are not encoded, in Latin-1 without saying so',
      headers: form,
      body: Buffer.from('name=Caf\u{e9}+%C3%A0+la+carte+%E9&group=Vets', 'latin1'),
      name: 'Café à la carte \ufffd',
    },
    {
      what: 'a form whose encoded letters have bytes that are not encoded',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=shift_jis' },
      body: 'name=%83A%83B&group=Vets',
      name: 'アィ',
    },
    {
      what: 'a form in Latin-1',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=iso-8859-1' },
      body: 'name=Bl%E9&group=Vets',
      name: 'Blé',
    },
    {
      what: 'JSON in Latin-1',
      headers: { 'Content-Type': 'application/json; charset=latin1' },
      body: Buffer.from('{"name": "Maïs", "group": "Vets"}', 'latin1'),
      name: 'Maïs',
    },
    {
      what: 'JSON in Latin-1, as Python calls it',
      headers: { 'Content-Type': 'application/json; charset="latin-1"' },
      body: Buffer.from('{"name": "Naïf", "group": "Vets"}', 'latin1'),
      name: 'Naïf',
    },
    {
      what: 'JSON in UTF-8, as Python calls it',
      headers: { 'Content-Type': 'application/json; charset=UTF_8' },
      body: '{"name": "Cœur", "group": "Vets"}',
      name: 'Cœur',
    },
    {
      what: 'JSON that is said to be ASCII, and is UTF-8',
      headers: { 'Content-Type': 'application/json; charset=us-ascii' },
      body: '{"name": "Thé", "group": "Vets"}',
      name: 'Thé',
    },
    ...['application/*', '*/*'].map((type) => ({
      what: `JSON whose type stays open: ${type}`,
      headers: { 'Content-Type': type },
      body: `{"name": "Open ${type.length}", "group": "Vets"}`,
      name: `Open ${type.length}`,
    })),
    {
      what: 'multipart whose type stays open',
      headers: { 'Content-Type': 'multipart/*; boundary=b' },
      body: `${part('name="name"', 'Open parts')}${part('name="group"', 'Vets')}--b--\r\n`,
      name: 'Open parts',
    },
    {
      what: 'multipart with a file without a name, which is a field',
      headers: multipart,
      body: `${part('name="name"; filename=""', 'No file')}${part('name="group"', 'Vets')}--b--\r\n`,
      name: 'No file',
    },
    {
      what: 'JSON with as many lists in each other as existing servers read',
      headers: json,
      body: `{"other": ${'['.repeat(899)}${']'.repeat(899)}, "name": "Deep", "group": "Vets"}`,
      name: 'Deep',
    },
    {
      what: 'JSON in which the last of two counts',
      headers: json,
      body: '{"name": "One of JSON", "name": "Two of JSON", "group": "Nobody", "group": "Vets"}',
      name: 'Two of JSON',
    },
    {
      what: 'a form with a semicolon, which divides nothing',
      headers: form,
      body: 'name=One;group=Nobody&group=Vets',
      name: 'One;group=Nobody',
    },
    {
      what: 'a form or a header that asks for another method, as no server of today takes it',
      headers: { ...form, 'X-HTTP-Method-Override': 'PUT' },
      body: 'name=Override&group=Vets&_method=DELETE',
      name: 'Override',
    },
    ...[
      { charset: 'utf-16', swapped: false, mark: '\ufeff' },
      { charset: 'UTF-16', swapped: true, mark: '\ufeff' },
      { charset: 'utf-16-le', swapped: false, mark: '' },
      { charset: 'utf_16_be', swapped: true, mark: '' },
    ].map(({ charset, swapped, mark }) => {
      const name = `Prés in ${charset} ${swapped}`;
      const body = Buffer.from(`${mark}{"name": "${name}", "group": "Vets"}`, 'utf16le');
      return {
        what: `JSON in ${charset}, ${swapped ? 'big' : 'little'} endian`,
        headers: { 'Content-Type': `application/json; charset=${charset}` },
        body: swapped ? body.swap16() : body,
        name,
      };
    }),
    {
      what: 'JSON in a charset that nobody knows is UTF-8',
      headers: { 'Content-Type': 'application/json; charset=x-klingon' },
      body: '{"name": "Œuf", "group": "Vets"}',
      name: 'Œuf',
    },
    {
      what: 'a form in which the last of two counts',
      headers: form,
      body: 'name=One&name=Two%3D2&group=Vets',
      name: 'Two=2',
    },
    {
      what: 'multipart with more than is asked',
      headers: multipart,
      body: `${part('name="name"', 'Señal')}${part('name="other"; filename="x"', '\0')}${part('name="group"', 'Vets')}--b--\r\n`,
      name: 'Señal',
    },
    {
      what: 'multipart in which a text has the boundary',
      headers: multipart,
      body: `${part('name="name"', 'bob b --b\n--b\r\n--bb')}${part('name="group"', 'Vets')}--b--\r\n`,
      name: 'bob b --b\n--b\r\n--bb',
    },
    {
      what: 'multipart whose boundary has signs of patterns, in quotation marks',
      headers: { 'Content-Type': 'multipart/form-data; charset=utf-8; boundary="(.+)?"' },
      body: `${part('name="name"', 'Été').replace('--b', '--(.+)?')}${part('name="group"', 'Vets').replace('--b', '--(.+)?')}--(.+)?--`,
      name: 'Été',
    },
    ...['latin-1', '"iso-8859-1"'].map((charset) => ({
      what: `multipart in a charset: ${charset}`,
      headers: { 'Content-Type': `multipart/form-data; boundary=b; charset=${charset}` },
      body: Buffer.from(
        `${part('name="name"', `Pr\u{e9}s ${charset.length}`)}${part('name="group"', 'Vets')}--b--`,
        'latin1',
      ),
      name: `Prés ${charset.length}`,
    })),
    {
      what: 'multipart with bytes that are no text',
      headers: multipart,
      body: Buffer.from(`${part('name="name"', 'Pr\u{e9}s')}${part('name="group"', 'Vets')}--b--`, 'latin1'),
      name: 'Pr\ufffds',
    },
    {
      what: 'multipart with spaces after its boundaries',
      headers: multipart,
      body: `${part('name="name"', 'Spaces')}${part('name="group"', 'Vets')}--b--`.replaceAll(/--b(--)?/g, '$& \t '),
      name: 'Spaces',
    },
    {
      what: 'multipart with a part that has no name',
      headers: multipart,
      body: `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n${part('x="y"', 'x')}${part('name="name"', 'Named')}${part('name="group"', 'Vets')}--b--`,
      name: 'Named',
    },
    {
      what: 'multipart with names as HTTP allows them',
      headers: multipart,
      body: `${part('NAME = "n\\ame"', 'x')}${part('name=name', 'Plain')}${part('name="group"', 'Vets')}--b--`,
      name: 'Plain',
    },
    {
      what: 'multipart with 1,000 parts',
      headers: multipart,
      body: `${part('name="x"', '').repeat(998)}${part('name="name"', 'Many')}${part('name="group"', 'Vets')}--b--`,
      name: 'Many',
    },
    {
      what: 'multipart in base64',
      headers: multipart,
      body: `--b\r\nContent-Transfer-Encoding: base64\r\n${part('name="name"', btoa('Base')).slice(5)}${part('name="group"', 'Vets')}--b--`,
      name: 'Base',
    },
    ...[
      { encoded: 'QmFzZSA2NA==', name: 'Base 64' },
      { encoded: 'Qm F-z\r\nZS_A2NQ===', name: 'Base 65' },
      { encoded: 'QmFzZSA2Ng=', name: 'QmFzZSA2Ng=' },
      { encoded: '@@@m', name: '@@@m' },
    ].map(({ encoded, name }) => ({
      what: `multipart in base64, in capitals: ${encoded}`,
      headers: multipart,
      body: `--b\r\nContent-Transfer-Encoding: BASE64\r\n${part('name="name"', encoded).slice(5)}${part('name="group"', 'Vets')}--b--`,
      name,
    })),
    {
      what: 'JSON of a type in capitals',
      headers: { 'Content-Type': 'Application/JSON' },
      body: '{"name": "Caps", "group": "Vets"}',
      name: 'Caps',
    },
    { what: 'a number in powers of ten', headers: json, body: '{"name": 1e400, "group": "Vets"}', name: 'inf' },
    {
      what: 'an integer of thirty digits',
      headers: json,
      body: `{"name": ${'7'.repeat(30)}, "group": "Vets"}`,
      name: '7'.repeat(30),
    },
  ])('$what', async ({ headers, body, name }) => {
    expect((await rest.ask('/campaigns.json', { headers, body })).json).toMatchObject({ name });
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

  test('one that just fits is read', async () => {
    const fitting = `{"name": "Fits", "group": "Vets"${' '.repeat(BODY_LIMIT - 33)}}`;
    expect(Buffer.byteLength(fitting)).toBe(BODY_LIMIT);
    expect((await rest.ask('/campaigns.json', { headers: json, body: fitting })).status).toBe(201);
  });
});
