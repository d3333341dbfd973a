import { readFileSync } from 'node:fs';
import { parseJson } from '../encoding/parse-json.ts';
import { parseServerUrl } from '../encoding/server-url.ts';

/** A live account that this server stands in front of: where it is, and the token that the follower reads it with. */
export interface Account {
  /** The scheme, host and path before `/api/v2`, without a slash at the end. */
  readonly url: string;
  /** Secret. It is never logged, and never shown in an error. */
  readonly token: string;
}

/** The settings that name accounts, from the environment. An empty setting counts as missing. */
export interface AccountSettings {
  readonly UPSTREAM_URL?: string | undefined;
  readonly UPSTREAM_TOKEN?: string | undefined;
  readonly UPSTREAM_TOKEN_FILE?: string | undefined;
  readonly UPSTREAMS_FILE?: string | undefined;
}

/** A setting that cannot be used. `value` is safe to show: it never contains a token. */
export interface AccountProblem {
  readonly setting: keyof AccountSettings;
  readonly value: string;
  readonly right: string;
}

/** How the address of an account's server looks. */
export const ADDRESS_RIGHT = 'the address of a server with API v2, such as https://textit.com';

const URL_RIGHT = `${ADDRESS_RIGHT}, or "none"`;

const TOKEN_RIGHT = 'the API token of a user of the account: characters of ASCII without spaces';

/** The right value of the other settings when UPSTREAMS_FILE is set. */
export const WITHOUT_FILE_RIGHT = 'left out where UPSTREAMS_FILE names the accounts and their tokens';

const LIST_RIGHT = 'a JSON list of accounts, such as [{"url": "https://textit.com", "token": "..."}]';

/**
 * The accounts that the settings name: none, one by UPSTREAM_URL with a token, or those of UPSTREAMS_FILE. Returns the first
 * problem instead when a setting cannot be used. Tokens and the content of files are never in a problem.
 */
export function readAccounts(settings: AccountSettings): readonly Account[] | AccountProblem {
  const [address, file] = [accountSetting(settings, 'UPSTREAM_URL'), accountSetting(settings, 'UPSTREAMS_FILE')];
  const [token, tokenFile] = [
    accountSetting(settings, 'UPSTREAM_TOKEN'),
    accountSetting(settings, 'UPSTREAM_TOKEN_FILE'),
  ];
  if (file !== null) {
    const right = WITHOUT_FILE_RIGHT;
    if (address !== null) return { setting: 'UPSTREAM_URL', value: address, right };
    if (token !== null) return { setting: 'UPSTREAM_TOKEN', value: '…', right };
    if (tokenFile !== null) return { setting: 'UPSTREAM_TOKEN_FILE', value: tokenFile, right };
    return accountsOfFile(file);
  }
  if (address === null) return [];
  const url = parseAccountUrl(address);
  if (url === null) return { setting: 'UPSTREAM_URL', value: address, right: URL_RIGHT };
  if (tokenFile !== null) {
    if (token !== null) {
      return { setting: 'UPSTREAM_TOKEN', value: '…', right: 'left out where UPSTREAM_TOKEN_FILE has the token' };
    }
    const text = textOf(tokenFile);
    if (isToken(text)) return [{ url, token: text }];
    return { setting: 'UPSTREAM_TOKEN_FILE', value: tokenFile, right: `a readable file with ${TOKEN_RIGHT}` };
  }
  if (isToken(token)) return [{ url, token }];
  return { setting: 'UPSTREAM_TOKEN', value: token === null ? '' : '…', right: TOKEN_RIGHT };
}

/**
 * Returns a problem when a token is set and no account: such a server would not be connected to the account, would keep changes to
 * itself, and would refuse the account's callers. Returns null when there is no problem, or when UPSTREAM_URL is `none`, because then
 * the server is meant to have no account.
 */
export function tokenWithoutAccount(settings: AccountSettings): AccountProblem | null {
  const token = TOKEN_SETTINGS.find((name) => accountSetting(settings, name) !== null);
  if (token === undefined || settings.UPSTREAM_URL?.trim() || accountSetting(settings, 'UPSTREAMS_FILE') !== null)
    return null;
  return { setting: 'UPSTREAM_URL', value: '', right: `${URL_RIGHT}, because ${token} is set` };
}

const TOKEN_SETTINGS = ['UPSTREAM_TOKEN', 'UPSTREAM_TOKEN_FILE'] as const;

/** The value of a setting; null where it is not set, or says `none`. */
export function accountSetting(settings: AccountSettings, name: keyof AccountSettings): string | null {
  const value = settings[name]?.trim() ?? '';
  return value === '' || value === 'none' ? null : value;
}

/** The address of a server in the form of `Account.url`, without `/api` or `/api/v2` at its end. Returns null when the text is invalid. */
export function parseAccountUrl(text: string): string | null {
  return parseServerUrl(text)?.replace(/\/api(\/v2)?$/, '') ?? null;
}

function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[!-~]{1,500}$/.test(text);
}

function accountsOfFile(file: string): readonly Account[] | AccountProblem {
  const wrong = (right: string): AccountProblem => ({ setting: 'UPSTREAMS_FILE', value: file, right });
  const text = textOf(file);
  if (text === null) return wrong(`a file that this user can read, with ${LIST_RIGHT}`);
  const list = parseJson(text);
  if (list === undefined) return wrong(`a file with JSON, which this one is not: ${LIST_RIGHT}`);
  if (!Array.isArray(list) || list.length === 0) return wrong(`a file with ${LIST_RIGHT}, and at least one account`);
  const accounts: Account[] = [];
  for (const [place, entry] of (list as unknown[]).entries()) {
    const { url, token } = (entry ?? {}) as { readonly url?: unknown; readonly token?: unknown };
    const address = typeof url === 'string' ? parseAccountUrl(url) : null;
    const wrongEntry = (right: string) => wrong(`a file with ${LIST_RIGHT}, and in account ${place + 1} ${right}`);
    if (address === null) return wrongEntry(`the "url" must be ${ADDRESS_RIGHT}`);
    if (!isToken(token)) return wrongEntry(`the "token" must be ${TOKEN_RIGHT}`);
    // The same server may have several accounts, each with a token of its own.
    if (accounts.some((other) => other.token === token))
      return wrongEntry('the "token" must be another one than before');
    accounts.push({ url: address, token });
  }
  return accounts;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
