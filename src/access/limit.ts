/** How many of something are allowed within how many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}
