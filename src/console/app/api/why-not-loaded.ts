import { isAnswerOfProxy } from './http-response.ts';
import type { ErrorDetails } from './request-error.ts';

/** Why a file of the console could not be loaded. If the server answers, it was updated and no longer has the file. */
export async function whyNotLoaded(): Promise<ErrorDetails> {
  const response = await fetch('/', { method: 'HEAD' }).catch(() => undefined);
  return { kind: !response || isAnswerOfProxy(response) ? 'unreachable' : 'outdated' };
}
