interface StreamEvent {
  event: string;
  data: string;
}

/** The events of a stream of server-sent events (HTML Standard, 9.2.6), as far as the server uses them. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) yield parseEvent(block);
  }
}

function parseEvent(block: string): StreamEvent {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line));
  const valueOf = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : [])).join('\n');
  return { event: valueOf('event'), data: valueOf('data') };
}
