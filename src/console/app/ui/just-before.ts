/** The last microsecond before a time, as the API reads times. The server's times have microseconds, but a Date has only milliseconds. */
export function justBefore(time: Date): string {
  return new Date(time.getTime() - 1).toISOString().replace('Z', '999Z');
}
