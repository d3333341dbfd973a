const encoder = new TextEncoder();

/**
 * The text in UTF-8, for values that are kept for long. `Buffer.from` takes small values from a block of 64 KiB that it shares
 * with others, and one value that is kept keeps the whole block. These bytes have memory of their own.
 */
export function lastingBytes(text: string): Uint8Array {
  return encoder.encode(text);
}
