import type { Response } from 'express';
import { acceptedForms, JSON_TYPE } from './accept.ts';
import { headOfError } from './error-head.ts';
import type { ErrorCode } from './errors.ts';

/** Why a request is refused before Apollo sees it. */
export interface RequestError {
  readonly code: ErrorCode;
  readonly message: string;
  /** `retryAfter` says when the caller may try again, in whole seconds. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Answers with the error, as JSON even if the client accepts none. */
export function refuse(response: Response, { code, message, extensions }: RequestError): void {
  response.locals.observed.codes.push(code);
  const error = { message, extensions: { code, ...extensions } };
  const { status, headers } = headOfError(error);
  const type = acceptedForms(response.req.headers.accept).json ?? JSON_TYPE;
  response
    .status(status)
    .set(headers)
    .type(type)
    .json({ errors: [error] });
}
