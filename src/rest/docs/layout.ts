import { asset } from './assets.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

interface Page {
  /** Its address. The navigation marks the link to it. */
  readonly path: string;
  readonly title: string;
  /** Its own styles and scripts. */
  readonly head: Html;
  readonly body: Html;
}

const PAGES = [
  { path: '/api/v2/', title: 'Overview' },
  { path: '/api/v2/campaigns', title: 'Campaigns' },
  { path: '/api/v2/groups', title: 'Groups' },
  { path: '/api/v2/changes', title: 'Changes' },
  { path: '/api/v2/explorer/', title: 'Explorer' },
  { path: '/api/v2/openapi.json', title: 'OpenAPI' },
];

/** A whole document. Its body has an element with the id `content`. */
export function document({ path: current, title, head, body }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · REST v2</title>
        <link rel="icon" href="${asset('icon.svg')}" />
        <link rel="stylesheet" href="${asset('frame.css')}" />
        ${head}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <a class="home" href="/api/v2/"><span aria-hidden="true" class="mark"></span>REST v2</a>
          <nav aria-label="Pages">
            <ul>
              ${PAGES.map(({ path, title: name }) => {
                const mark = path === current && html`aria-current="page"`;
                return html`<li><a href="${path}" ${mark}>${name}</a></li>`;
              })}
            </ul>
          </nav>
        </header>
        ${body}
      </body>
    </html> `;
  return page.text;
}

export interface TextPage extends Pick<Page, 'path' | 'title'> {
  /** The sections in the list of contents. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  readonly main: Html;
  /** Why the request was refused. */
  readonly problem: string | undefined;
}

/** A page of text. It needs no scripts. */
export function textDocument({ path, title, contents, main, problem }: TextPage): string {
  return document({
    path,
    title,
    head: html`<link rel="stylesheet" href="${asset('docs.css')}" />`,
    body: html`<div class="columns">
      <nav class="contents" aria-label="On this page">
        <ul>
          ${contents.map((entry) => html`<li><a href="#${entry.id}">${entry.title}</a></li>`)}
        </ul>
      </nav>
      <main id="content" tabindex="-1">
        ${problem !== undefined && html`<p class="problem">The request was refused: ${problem}</p>`} ${main}
      </main>
    </div>`,
  });
}
