import type { DocumentedExample } from './documented-example.ts';
import { Html, html } from './html.ts';

/** A block of code that scrolls when it is wider than the page, and can be scrolled by keyboard. */
export function code(label: string, content: Html): Html {
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${content}</code></pre>`;
}

/** JSON over several lines, in which keys and texts are marked for colours. */
export function json(value: unknown): Html {
  const pieces = JSON.stringify(value, null, 2).split(/("(?:[^"\\]|\\.)*"(?:: )?)/);
  return new Html(
    pieces
      .map((piece) => {
        if (!piece.startsWith('"')) return html`${piece}`;
        return piece.endsWith(': ')
          ? html`<span class="key">${piece}</span>`
          : html`<span class="text">${piece}</span>`;
      })
      .map(({ text }) => text)
      .join(''),
  );
}

/** A request as a curl command that can be copied into a shell. */
export function curl(url: string, { method = 'GET', as, accept, body }: Partial<DocumentedExample> = {}): Html {
  const parts = [
    ...(method === (body ? 'POST' : 'GET') ? [] : [`-X ${method}`]),
    ...(as === 'nobody' ? [] : [`-H ${quote('Authorization: Token YOUR_TOKEN')}`]),
    ...(accept ? [`-H ${quote(`Accept: ${accept}`)}`] : []),
    ...(body ? [`-H ${quote(`Content-Type: ${body.type}`)}`, `-d ${quote(body.text)}`] : []),
    quote(url),
  ];
  return html`curl ${parts.join(' \\\n  ')}`;
}

/** The text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
