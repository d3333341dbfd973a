import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Request } from 'express';
import type { RoleNow } from '../access/authenticate.ts';
import type { CreateContext } from '../graphql/context.ts';
import type { RowsFormat } from '../graphql/execution/operation.ts';
import type { ReportError } from '../http/internal-error.ts';
import type { AuthorizationParts } from './authorize.ts';
import type { Outcome } from './prepare.ts';
import type { QueryParameters } from './query-parameters.ts';

/** What all endpoints need of the server. */
export interface EndpointParts extends AuthorizationParts {
  readonly createContext: CreateContext;
  readonly roleNow: RoleNow;
  readonly report: ReportError;
  /** How long, in ms, an operation may take. */
  readonly requestTimeout: number;
}

/** A request to an endpoint whose caller has been authorized. */
export interface RestRequest {
  readonly http: Request;
  readonly parameters: QueryParameters;
  /** Runs an operation of operations/ for the caller. */
  readonly run: <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    rows?: RowsFormat,
  ) => Promise<Outcome<Data>>;
}

/** A successful answer. Its body is sent as JSON; `undefined` is an empty body. Bytes are already JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers a request of one method. Runs one GraphQL operation, and returns its result in the form of API v2. Throws an HttpError. */
export type Handler = (request: RestRequest) => Promise<Reply>;

/** The methods of an endpoint. */
export type Endpoint = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>>;
