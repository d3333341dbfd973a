import { isAnswerOfProxy } from './http-response.ts';
import type { ErrorDetails } from './request-error.ts';

/** Why a file of the console could not be loaded. A server that answers has been updated, and does not have it any more. */
export async function whyNotLoaded(): Promise<ErrorDetails> {
  const response = await fetch('/', { method: 'HEAD' }).catch(() => undefined);
  return { kind: !response || isAnswerOfProxy(response) ? 'unreachable' : 'outdated' };
}
