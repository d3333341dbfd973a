import type { Request } from 'express';
import type { Context } from '../graphql/context.ts';
import type { Members } from './body.ts';
import { parseBody } from './body.ts';
import type { Parameters } from './parameters.ts';
import type { Run } from './prepare.ts';
import { RestRefusal } from './refusal.ts';

/** What a method of an endpoint is given: a request that has passed the gate. */
export interface Exchange {
  readonly request: Request;
  readonly parameters: Parameters;
  readonly context: Context;
  readonly run: Run;
}

/** What it answers. Without a body, 204. What is refused is thrown as a RestRefusal. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The methods of an endpoint: each translates the request to one GraphQL operation, and its result to v2's JSON. */
export type Endpoint = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', (exchange: Exchange) => Promise<Reply>>>>;

/**
 * The body's members, and why it cannot be read, if it cannot: an object that is not there is told before what is wrong
 * with the body (40-update, "unknown, and the body is malformed").
 */
export async function readMembers({ request }: Exchange): Promise<{ members: Members; refusal?: RestRefusal }> {
  try {
    return { members: await parseBody(request) };
  } catch (error) {
    if (error instanceof RestRefusal) return { members: new Map(), refusal: error };
    throw error;
  }
}
