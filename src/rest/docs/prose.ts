import type { Html } from './html.ts';
import { html } from './html.ts';

/** A part of a text that has a heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/**
 * The little of CommonMark that the description is written in: paragraphs, lists, `code`. OpenAPI's descriptions are
 * CommonMark, so that the explorer shows the same text.
 */
export function prose(text: string): Html {
  return html`${text
    .trim()
    .split(/\n{2,}/)
    .map(block)}`;
}

/** What stands before the first `##` heading, and the sections that follow. */
export function sections(text: string): { lead: Html; sections: Section[] } {
  const [lead = '', ...rest] = text.split(/^## /m);
  return {
    lead: prose(lead),
    sections: rest.map((section) => {
      const [title = '', ...content] = section.split('\n');
      return { id: title.toLowerCase().replaceAll(' ', '-'), title, content: prose(content.join('\n')) };
    }),
  };
}

/** Text in which only `code` is marked. */
export function inline(text: string): Html {
  // Every other piece stands between backticks.
  return html`${text.split('`').map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : html`${piece}`))}`;
}

function block(text: string): Html {
  if (!text.startsWith('- ')) return html`<p>${inline(text)}</p>`;
  return html`<ul>
    ${text
      .split(/^- /m)
      .slice(1)
      .map((item) => html`<li>${inline(item)}</li>`)}
  </ul>`;
}
