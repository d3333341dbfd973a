/** Whether a proxy that does not reach the server has answered, if the body is not one of the server's. */
export function isAnswerOfProxy({ status }: Response): boolean {
  return status >= 502 && status <= 504;
}

/** When the request may be sent again, by the header Retry-After, in seconds. */
export function retryAfterSeconds({ headers }: Response, otherwise: number): number {
  return Number(headers.get('retry-after')) || otherwise;
}
