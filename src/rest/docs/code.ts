import { LANGUAGES, PLACEHOLDER, requestCode, type HttpRequest } from './assets/request-code.js';
import type { DocumentedExample } from './documented-example.ts';
import { Html, html } from './html.ts';

/** A block of code that scrolls when it is wider than the page, can be scrolled by keyboard, and can be copied. */
export function code(label: string, content: Html): Html {
  return html`<div class="code">
    <div class="code-tools"><button type="button" data-copy>Copy</button></div>
    <pre tabindex="0" role="group" aria-label="${label}"><code>${content}</code></pre>
  </div>`;
}

/** JSON on several lines, with markup that colours keys and strings. */
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

/** A request as code in several languages. The reader chooses one. */
export function request(
  label: string,
  url: string,
  { method = 'GET', as = 'editor', accept, body }: Partial<DocumentedExample> = {},
): Html {
  const sent: HttpRequest = {
    method,
    url,
    headers: {
      ...(as !== 'nobody' && { Authorization: `Token ${PLACEHOLDER}` }),
      ...(accept !== undefined && { Accept: accept }),
    },
    body,
  };
  // An example with a refused token must not show the reader's own token.
  const marked = as === 'editor';
  return requestBlock((language, name) => {
    const text = requestCode(language, sent);
    const pieces = text.split(PLACEHOLDER).map((piece) => html`${piece}`);
    const content = marked
      ? pieces.map((piece, i) => html`${i > 0 && html`<span data-token>${PLACEHOLDER}</span>`}${piece}`)
      : text;
    return html`<pre
      data-language="${language}"
      tabindex="0"
      role="group"
      aria-label="${label}, ${name}"
    ><code>${content}</code></pre>`;
  });
}

/** The frame of a request: the choice of the language, the buttons, and the result of `show` for each language. */
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
