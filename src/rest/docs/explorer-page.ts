import { asset } from './assets.ts';
import { html } from './html.ts';
import { document } from './layout.ts';

/** The page of `/api/v2/explorer/`: Swagger UI, from its package. */
export function explorerPage(): string {
  return document({
    path: '/api/v2/explorer/',
    title: 'Explorer',
    head: html`<link rel="stylesheet" href="${asset('swagger-ui.css')}" />
      <link rel="stylesheet" href="${asset('explorer.css')}" />
      <script src="${asset('swagger-ui-bundle.js')}" defer></script>
      <script src="${asset('explorer.js')}" defer></script>`,
    // Swagger UI has the main landmark (`<main>`) itself.
    body: html`<section class="head" aria-labelledby="title">
        <h1 id="title">Explorer</h1>
        <p class="lead">
          Choose <strong>Authorize</strong>, enter a token’s key, and send requests. They reach this server’s real data.
          The key stays in this page: it is forgotten when you leave, and never becomes part of an address.
        </p>
        <h2 class="unseen">Requests</h2>
        <noscript>The explorer needs JavaScript; the other pages do not.</noscript>
      </section>
      <div id="content" tabindex="-1"></div>`,
  });
}
