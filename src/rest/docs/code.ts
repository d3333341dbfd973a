import { LANGUAGES, requestCode, type HttpRequest } from './assets/request-code.js';
import type { DocumentedExample } from './documented-example.ts';
import { Html, html } from './html.ts';

/** What stands in examples where the token is to be. The pages' script fills in the reader's own, in the browser. */
const TOKEN = 'YOUR_TOKEN';

/** A block of code that scrolls when it is wider than the page, can be scrolled by keyboard, and can be copied. */
export function code(label: string, content: Html): Html {
  return html`<div class="code">
    <div class="code-tools"><button type="button" data-copy>Copy</button></div>
    <pre tabindex="0" role="group" aria-label="${label}"><code>${content}</code></pre>
  </div>`;
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

/** A request as code in every language, of which the reader chooses one. */
export function request(
  label: string,
  url: string,
  { method = 'GET', as = 'editor', accept, body }: Partial<DocumentedExample> = {},
): Html {
  const sent: HttpRequest = {
    method,
    url,
    headers: {
      ...(as !== 'nobody' && { Authorization: `Token ${TOKEN}` }),
      ...(accept !== undefined && { Accept: accept }),
    },
    body,
  };
  // An example of a refused token is about another token than the reader's.
  const marked = as === 'editor';
  return requestBlock((language, name) => {
    const text = requestCode(language, sent);
    const pieces = text.split(TOKEN).map((piece) => html`${piece}`);
    const content = marked
      ? pieces.map((piece, i) => html`${i > 0 && html`<span data-token>${TOKEN}</span>`}${piece}`)
      : text;
    return html`<pre
      data-language="${language}"
      tabindex="0"
      role="group"
      aria-label="${label}, ${name}"
    ><code>${content}</code></pre>`;
  });
}

/** The frame of a request: the choice of the language, the buttons, and what `show` writes for each language. */
export function requestBlock(show: (language: keyof typeof LANGUAGES, name: string) => Html): Html {
  const languages = Object.entries(LANGUAGES) as [keyof typeof LANGUAGES, string][];
  return html`<div class="code">
    <div class="code-tools">
      ${languages.map(([language, name]) => html`<button type="button" data-language="${language}">${name}</button>`)}
      <button type="button" data-copy>Copy</button>
      <button type="button" data-show-token hidden>Show token</button>
    </div>
    ${languages.map(([language, name]) => show(language, name))}
  </div>`;
}
