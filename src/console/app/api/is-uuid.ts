const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether a part of an address is a UUID, so that the server can be asked for it. Nothing has a UUID that is none. */
export function isUuid(text: string | null | undefined): text is string {
  return text != null && UUID.test(text);
}
