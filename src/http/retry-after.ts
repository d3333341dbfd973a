/**
 * When a caller may try again, in seconds, after a temporary refusal: the Retry-After of a 503
 * (RFC 9110, 10.2.3).
 */
export const RETRY_AFTER_SECONDS = 5;
