import { METHODS_BY_ENDPOINT } from '../endpoints.ts';
import { request } from './code.ts';
import type { Description } from './description.ts';
import { html } from './html.ts';
import { textDocument } from './layout.ts';
import { inline, sections } from './prose.ts';

/** The page of `/api/v2/`: the list of endpoints, and the rules that all of them share. */
export function overviewPage(description: Description): string {
  const { lead, sections: parts } = sections(description.info.description);
  const base = description.servers[0]?.url ?? '';
  return textDocument({
    path: '/api/v2/',
    title: 'Overview',
    about: 'The JSON API for campaigns and groups: its addresses, and the rules that all of them share.',
    contents: [{ id: 'endpoints', title: 'Endpoints' }, ...parts],
    main: html`<h1>${description.info.title}</h1>
      <div class="lead">${lead}</div>
      ${request('A first request', `${base}/campaigns.json`)}
      <section aria-labelledby="endpoints">
        <h2 id="endpoints">Endpoints</h2>
        <ul class="cards">
          ${Object.entries(METHODS_BY_ENDPOINT).map(([name, methods]) => {
            const about = description.tags.find((tag) => tag.name === name)?.description ?? '';
            return html`<li>
              <h3><a href="/api/v2/${name}">${name}.json</a></h3>
              <p>${inline(about)}</p>
              <p>${methods.map((method) => html`<span class="method ${method.toLowerCase()}">${method}</span> `)}</p>
            </li>`;
          })}
        </ul>
        <p>
          Try them in the <a href="/api/v2/explorer/">explorer</a>, or make a client from the
          <a href="/api/v2/openapi.json">OpenAPI description</a>.
        </p>
      </section>
      ${parts.map(
        ({ id, title, content }) =>
          html`<section aria-labelledby="${id}">
            <h2 id="${id}">${title}</h2>
            ${content}
          </section>`,
      )}`,
  });
}
