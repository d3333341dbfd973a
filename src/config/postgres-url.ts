import { accessSync, constants } from 'node:fs';
import { nearest } from './nearest.ts';
import type { Parser } from './parser.ts';
import { oneOf, textThat, wholeNumber } from './parser.ts';

const anything = textThat(() => true, 'any text');

const readableFile = textThat((path) => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}, 'a file that this user can read');

/**
 * The parameters of an address that node-postgres reads, and their values. It ignores any other parameter without a word, so that a
 * misspelt `sslmode` would turn TLS off. (pg-connection-string/index.js and pg/lib/connection-parameters.js.)
 */
const PARAMETERS: ReadonlyMap<string, Parser<unknown>> = new Map<string, Parser<unknown>>([
  ['application_name', anything],
  // Providers put the next three into the addresses that they give out. They change nothing here.
  ['channel_binding', anything],
  ['connect_timeout', anything],
  ['target_session_attrs', anything],
  ['client_encoding', anything],
  ['fallback_application_name', anything],
  ['host', anything],
  ['idle_in_transaction_session_timeout', wholeNumber(0, 2_147_483_647, 'ms')],
  ['lock_timeout', wholeNumber(0, 2_147_483_647, 'ms')],
  ['options', anything],
  ['password', anything],
  ['port', wholeNumber(1, 65_535)],
  ['query_timeout', wholeNumber(1, 2_147_483_647, 'ms')],
  ['ssl', oneOf(['true', '1', '0', 'no-verify'])],
  ['sslcert', readableFile],
  ['sslkey', readableFile],
  ['sslmode', oneOf(['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'])],
  ['sslnegotiation', oneOf(['postgres', 'direct'])],
  ['sslrootcert', readableFile],
  // 0 would mean no limit, and a statement without one could hold a connection for ever.
  ['statement_timeout', wholeNumber(1, 2_147_483_647, 'ms')],
  ['uselibpqcompat', oneOf(['true', 'false'])],
  ['user', anything],
]);

/** Whether the text has the form of an address of PostgreSQL. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

/**
 * What would be right in place of a parameter of the address that cannot be used, as an error says it after "it must be". Returns null
 * when all parameters can be used.
 */
export function parameterProblem(url: string): string | null {
  for (const [name, value] of URL.parse(url)?.searchParams ?? []) {
    const parameter = PARAMETERS.get(name);
    if (!parameter) return `an address without the unknown parameter "${name}" (${suggestion(name)})`;
    if (parameter.parse(value) === undefined) return `an address in which "${name}" is ${parameter.right}`;
  }
  return null;
}

function suggestion(name: string): string {
  const near = nearest(name, PARAMETERS.keys());
  return near ? `did you mean "${near}"?` : `known are ${[...PARAMETERS.keys()].join(', ')}`;
}

/** The address with "…" for the values of passwords, and of unknown parameters, because one of these may be a misspelt password. */
export function withoutSecretParameters(url: string): string {
  return url
    .replaceAll(/([?&]([^=&]*)=)[^&]*/g, (all, start: string, name: string) =>
      PARAMETERS.has(name) ? all : `${start}…`,
    )
    .replaceAll(/(password=)[^&]*/gi, '$1…');
}
