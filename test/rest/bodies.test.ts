import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';
import { form, json, multipart, part } from './support/bodies.ts';

const { rest } = await openWorld();

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
    ...['--b', '--b\r\n', '--b \r\n\r\n', '--b-', '--b--\r'].map((end, n) => ({
      what: `multipart whose last boundary is incomplete: ${JSON.stringify(end)}`,
      headers: multipart,
      body: `${part('name="name"', `Incomplete ${n}`)}${part('name="group"', 'Vets')}${end}`,
      name: `Incomplete ${n}`,
    })),
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
      what: 'multipart with encoded names',
      headers: multipart,
      body: `${part("name*=utf-8'en'na%6De", 'Encoded')}${part("NAME*=utf-8''group; filename*=utf-8''", 'Vets')}--b--`,
      name: 'Encoded',
    },
    {
      what: 'multipart with a name that is encoded in no known way',
      headers: multipart,
      body: `${part('name*="name"', 'As it is')}${part('name="group"', 'Vets')}--b--`,
      name: 'As it is',
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
