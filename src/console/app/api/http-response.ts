/** Whether a proxy has answered because it cannot reach the server. Use it only if the body does not come from the server. */
export function isAnswerOfProxy({ status }: Response): boolean {
  return status >= 502 && status <= 504;
}

/** The seconds to wait before the request may be sent again: the Retry-After header, or `otherwise` if there is none. */
export function retryAfterSeconds({ headers }: Response, otherwise: number): number {
  return Number(headers.get('retry-after')) || otherwise;
}
