import type { Html } from './html.ts';
import { html } from './html.ts';

/** A section of a text, with its heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/**
 * Renders a text of the description. It supports only paragraphs, lists and `code` of CommonMark, because the description uses nothing
 * else.
 */
export function prose(text: string): Html {
  return html`${text
    .trim()
    .split(/\n{2,}/)
    .map(block)}`;
}

/** The text before the first `##` heading, and the sections after it. */
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

/** Renders a text whose only markup is `code`. */
export function inline(text: string): Html {
  // Every second part was between backticks.
  return html`${text.split('`').map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : html`${piece}`))}`;
}

/** The name with a capital letter at its beginning, as a title. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
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
