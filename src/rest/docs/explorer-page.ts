import { asset } from './assets.ts';
import { html } from './html.ts';
import { navigation } from './layout.ts';

/** The page of `/api/v2/explorer/`: Swagger UI, from its package. */
export function explorerPage(): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Explorer · REST v2</title>
        <link rel="icon" href="${asset('icon.svg')}" />
        <link rel="stylesheet" href="${asset('docs.css')}" />
        <link rel="stylesheet" href="${asset('swagger-ui.css')}" />
        <link rel="stylesheet" href="${asset('explorer.css')}" />
        <script src="${asset('swagger-ui-bundle.js')}" defer></script>
        <script src="${asset('explorer.js')}" defer></script>
      </head>
      <body class="explorer">
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">${navigation('/api/v2/explorer/')}</header>
        <main id="content" tabindex="-1">
          <h1>Explorer</h1>
          <p class="lead">
            Choose <strong>Authorize</strong>, enter a token’s key, and send requests. They reach this server’s real
            data. The key stays in this page: it is forgotten when you leave, and never becomes part of an address.
          </p>
          <div id="explorer">
            <noscript
              ><p>The explorer needs JavaScript. The <a href="/api/v2/">documentation</a> does not.</p></noscript
            >
          </div>
        </main>
      </body>
    </html> `;
  return page.text;
}
