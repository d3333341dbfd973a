const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether a text is a UUID. The server refuses any other text where it expects a UUID. */
export function isUuid(text: string | null | undefined): text is string {
  return text != null && UUID.test(text);
}
