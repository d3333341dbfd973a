/** The headers of a body of each kind. */
export const json = { 'Content-Type': 'application/json' };
export const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
export const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' };

/** A part of a multipart body. */
export function part(disposition: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}
