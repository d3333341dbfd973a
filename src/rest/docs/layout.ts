import { METHODS_BY_ENDPOINT } from '../endpoints.ts';
import { asset, ASSETS } from './assets.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { capitalized } from './prose.ts';

interface Page {
  /** Its address. The navigation marks the link to this page. */
  readonly path: string;
  readonly title: string;
  /** What the page is about, in one sentence. */
  readonly about: string;
  /** Styles and scripts that only this page has. */
  readonly head: Html;
  readonly body: Html;
}

const PAGES = [
  { path: '/api/v2/', title: 'Overview' },
  ...Object.keys(METHODS_BY_ENDPOINT).map((name) => ({ path: `/api/v2/${name}`, title: capitalized(name) })),
  { path: '/api/v2/explorer/', title: 'Explorer' },
  { path: '/api/v2/openapi.json', title: 'OpenAPI' },
];

/** The server's other pages. */
const OTHERS = [
  { path: '/', title: 'Console' },
  { path: '/graphiql', title: 'Playground' },
];

/** The scripts of every page. They import each other over several levels, so each page names them all, and browsers load them at once. */
const SCRIPTS = ASSETS.filter((name) => name.endsWith('.js') && name !== 'rest/docs/assets/explorer.js');

/** A whole HTML document. Its body must have an element with the id `content`. */
export function document({ path: current, title, about, head, body }: Page): string {
  const link = ({ path, title: name }: { path: string; title: string }) => {
    const mark = path === current && html`aria-current="page"`;
    return html`<li><a href="${path}" ${mark}>${name}</a></li>`;
  };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${about}" />
        <title>${title} · REST v2</title>
        <link rel="icon" href="${asset('console/app/icon.svg')}" />
        <link rel="stylesheet" href="${asset('console/app/styles/tokens.css')}" />
        <link rel="stylesheet" href="${asset('rest/docs/assets/frame.css')}" />
        ${head} ${SCRIPTS.map((name) => html`<script type="module" src="${asset(name)}"></script>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <a class="home" href="/api/v2/"
            ><img src="${asset('console/app/icon.svg')}" width="28" height="28" alt="REST v2"
          /></a>
          <nav aria-label="Pages of REST v2">
            <ul>
              ${PAGES.map(link)}
            </ul>
          </nav>
          <nav class="others" aria-label="Other pages">
            <ul>
              ${OTHERS.map(link)}
            </ul>
          </nav>
        </header>
        ${sessionBar} ${body}
      </body>
    </html> `;
  return page.text;
}

/** The place for the sign-in, which a script fills: the server does not know whether the reader is signed in. */
const sessionBar = html`<section class="session" aria-label="Sign-in">
  <form id="sign-in" hidden>
    <label class="unseen" for="token">Token</label>
    <input
      class="input"
      id="token"
      type="password"
      autocomplete="off"
      spellcheck="false"
      placeholder="Paste an API token"
    />
    <button class="button">Sign in</button>
  </form>
  <p id="session-state" role="status" tabindex="-1"></p>
  <button class="button" id="sign-out" type="button" hidden>Sign out</button>
</section>`;

export interface TextPage extends Pick<Page, 'path' | 'title' | 'about'> {
  /** The sections in the list of contents. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  readonly main: Html;
}

/** Where a page says why the request was refused. */
const NO_PROBLEM = html`<p class="problem" hidden></p>`;

/** A page of text. It is readable without scripts. */
export function textDocument({ path, title, about, contents, main }: TextPage): string {
  return document({
    path,
    title,
    about,
    head: html`<link rel="stylesheet" href="${asset('rest/docs/assets/docs.css')}" />`,
    body: html`<div class="columns">
      <nav class="contents" aria-label="On this page">
        <ul>
          ${contents.map((entry) => html`<li><a href="#${entry.id}">${entry.title}</a></li>`)}
        </ul>
      </nav>
      <main id="content" tabindex="-1">${NO_PROBLEM} ${main}</main>
    </div>`,
  });
}

/** A page of text that begins with the reason why the request was refused. */
export function withProblem(page: string, problem: string): string {
  const { text } = html`<p class="problem">The request was refused: ${problem}</p>`;
  return page.replace(NO_PROBLEM.text, () => text);
}
