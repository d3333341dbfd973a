import { expect } from 'vitest';
import type { TokenName } from './fixture.ts';
import { tokenKey } from './fixture.ts';

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  readonly data: Data | null;
  readonly errors: readonly AnsweredError[];
  /** Their `extensions.code`. */
  readonly codes: readonly (string | undefined)[];
  readonly extensions: Record<string, unknown> | undefined;
}

/** Asks a server by GraphQL over HTTP, as one caller. */
export class Client {
  readonly #url: string;
  readonly #key: string | null;

  constructor(base: string, key: string | null) {
    this.#url = `${base}/graphql`;
    this.#key = key;
  }

  /** What the server answers, whatever it is. */
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

  /** The data of an answer that has no errors. */
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

/** Asks as one of the fixture's tokens; null: without one. */
export function clientFor(base: string, token: TokenName | null): Client {
  return new Client(base, token === null ? null : tokenKey(token));
}
