// @ts-check
/**
 * A request as code in several languages. The server writes its examples with it, and the explorer what it has sent.
 *
 * @typedef {object} HttpRequest
 * @property {string} method
 * @property {string} url
 * @property {Readonly<Record<string, string>>} headers Without the body's type.
 * @property {{ readonly type: string, readonly text: string } | undefined} [body]
 */

/** What stands in code in place of the token. In the browser, a script of the page replaces it with the reader's own token. */
export const PLACEHOLDER = 'YOUR_TOKEN';

/** The languages in which requests are shown, by the names that `requestCode` knows. */
export const LANGUAGES = /** @type {const} */ ({ curl: 'curl', python: 'Python', javascript: 'JavaScript' });

/**
 * @param {keyof typeof LANGUAGES} language
 * @param {HttpRequest} request
 * @returns {string} Code that sends the request and shows the answer: a command of a POSIX shell, a program for Python's
 *   `requests`, or a module for browsers and Node.
 */
export function requestCode(language, request) {
  switch (language) {
    case 'curl':
      return curl(request);
    case 'python':
      return python(request);
    case 'javascript':
      return javascript(request);
  }
}

/** @param {HttpRequest} request */
function curl({ method, url, headers, body }) {
  const parts = [
    ...(method === (body ? 'POST' : 'GET') ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(body ? [`-H ${shellWord(`Content-Type: ${body.type}`)}`, `-d ${shellWord(body.text)}`] : []),
    shellWord(url),
  ];
  return `curl ${parts.join(' \\\n  ')}`;
}

/** @param {HttpRequest} request */
function python({ method, url, headers, body }) {
  const json = jsonOf(body);
  const sent = { ...headers, ...(body && json === undefined && { 'Content-Type': body.type }) };
  const parts = [
    literal(url, PYTHON),
    ...(Object.keys(sent).length > 0 ? [`headers=${literal(sent, PYTHON)}`] : []),
    ...(json === undefined ? [] : [`json=${literal(json, PYTHON)}`]),
    ...(body && json === undefined ? [`data=${literal(body.text, PYTHON)}.encode()`] : []),
  ];
  return `import requests

response = requests.${method.toLowerCase()}(
    ${parts.join(',\n    ')},
)
print(response.status_code, response.text)`;
}

/** @param {HttpRequest} request */
function javascript({ method, url, headers, body }) {
  const json = jsonOf(body);
  const sent = { ...headers, ...(body && { 'Content-Type': body.type }) };
  const options = [
    ...(method === 'GET' ? [] : [`method: ${literal(method, JAVASCRIPT)}`]),
    ...(Object.keys(sent).length > 0 ? [`headers: ${literal(sent, JAVASCRIPT)}`] : []),
    ...(body
      ? [
          `body: ${json === undefined ? literal(body.text, JAVASCRIPT) : `JSON.stringify(${literal(json, JAVASCRIPT)})`}`,
        ]
      : []),
  ];
  const second = options.length > 0 ? `, {\n  ${options.join(',\n  ')},\n}` : '';
  return `const response = await fetch(${literal(url, JAVASCRIPT)}${second});
console.log(response.status, await response.text());`;
}

/**
 * The body's value, if it is an object in JSON: other bodies are sent as they are.
 * @param {HttpRequest['body']} body
 * @returns {object | undefined}
 */
function jsonOf(body) {
  if (body?.type !== 'application/json') return undefined;
  try {
    const value = JSON.parse(body.text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The text as one word of a POSIX shell.
 * @param {string} text
 */
function shellWord(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** How the two languages write what they write differently. */
const PYTHON = { true: 'True', false: 'False', null: 'None', key: quote, open: '{', close: '}' };
const JAVASCRIPT = {
  true: 'true',
  false: 'false',
  null: 'null',
  key: (/** @type {string} */ name) => (/^[A-Za-z_]\w*$/.test(name) ? name : quote(name)),
  open: '{ ',
  close: ' }',
};

/**
 * @param {unknown} value A value of JSON.
 * @param {typeof PYTHON} language
 * @returns {string}
 */
function literal(value, language) {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return language[value ? 'true' : 'false'];
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, language)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return language.null;
  const members = Object.entries(value).map(([name, member]) => `${language.key(name)}: ${literal(member, language)}`);
  return members.length === 0 ? '{}' : `${language.open}${members.join(', ')}${language.close}`;
}

/**
 * The text between single quotes, with escapes that Python and JavaScript both know.
 * @param {string} text
 */
function quote(text) {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}
