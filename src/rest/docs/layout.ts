import { asset } from './assets.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

export interface Page {
  /** Its address, by which the navigation marks it. */
  readonly path: string;
  readonly title: string;
  /** What it has, for the list of contents: an id and a title each. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  readonly main: Html;
}

const NAVIGATION = [
  { path: '/api/v2/', title: 'Overview' },
  { path: '/api/v2/campaigns', title: 'Campaigns' },
  { path: '/api/v2/groups', title: 'Groups' },
  { path: '/api/v2/explorer/', title: 'Explorer' },
  { path: '/api/v2/openapi.json', title: 'OpenAPI' },
];

/** A whole document. It is complete without scripts, and its style is its only other request. */
export function document({ path, title, contents, main }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · REST v2</title>
        <link rel="icon" href="${asset('icon.svg')}" />
        <link rel="stylesheet" href="${asset('docs.css')}" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">${navigation(path)}</header>
        <div class="columns">
          <nav class="contents" aria-label="On this page">
            <ul>
              ${contents.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
          <main id="content" tabindex="-1">${main}</main>
        </div>
      </body>
    </html> `;
  return page.text;
}

/** The way from page to page. */
export function navigation(current: string): Html {
  return html`<a class="home" href="/api/v2/"><span aria-hidden="true" class="mark"></span>REST v2</a>
    <nav aria-label="Pages">
      <ul>
        ${NAVIGATION.map(
          ({ path, title }) =>
            html`<li><a href="${path}" ${path === current && html` aria-current="page"`}>${title}</a></li>`,
        )}
      </ul>
    </nav>`;
}
