import { expect } from 'vitest';
import type { TokenName } from './fixture.ts';
import { tokenKey } from './fixture.ts';

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string; readonly outcome?: string };
}

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  /** The body's text. */
  readonly text: string;
  readonly data: Data | null;
  readonly errors: readonly AnsweredError[];
  /** The `extensions.code` of each error. */
  readonly codes: readonly (string | undefined)[];
  readonly extensions: Record<string, unknown> | undefined;
}

/** A client of GraphQL over HTTP, with one token. */
export class Client {
  readonly #url: string;
  readonly #key: string | null;

  constructor(base: string, key: string | null) {
    this.#url = `${base}/graphql`;
    this.#key = key;
  }

  /** Sends an operation and resolves with the response, also when it has errors. */
  async ask<Data = unknown>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(this.#key !== null && { authorization: `Bearer ${this.#key}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return readAnswer<Data>(response);
  }

  /** Sends an operation and resolves with its data. Fails the test when there are errors. */
  async data<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables);
    expect(errors).toEqual([]);
    if (data === null) throw new Error('an answer without errors has data');
    return data;
  }
}

export async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  const text = await response.text();
  const body = JSON.parse(text) as {
    data?: Data | null;
    errors?: AnsweredError[];
    extensions?: Record<string, unknown>;
  };
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: body.data ?? null,
    errors: body.errors ?? [],
    codes: (body.errors ?? []).map(({ extensions }) => extensions?.code),
    extensions: body.extensions,
  };
}

/** A client with one of the fixture's tokens, or without a token. */
export function clientFor(base: string, token: TokenName | null): Client {
  return new Client(base, token === null ? null : tokenKey(token));
}
