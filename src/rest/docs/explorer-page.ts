import { asset } from './assets.ts';
import { code, requestBlock } from './code.ts';
import type { Description, MediaType, Method, Operation, Parameter } from './description.ts';
import { METHODS } from './description.ts';
import { html, Html } from './html.ts';
import { document } from './layout.ts';
import { capitalized, inline, prose } from './prose.ts';

/** The page of `/api/v2/explorer/`: a form for each operation, which sends it from the browser and shows the answer. */
export function explorerPage(description: Description): string {
  const base = description.servers[0]?.url ?? '';
  return document({
    path: '/api/v2/explorer/',
    title: 'Explorer',
    about: 'Send requests of REST v2 to this server, and see its answers.',
    head: html`<link rel="stylesheet" href="${asset('rest/docs/assets/explorer.css')}" />
      <script type="module" src="${asset('rest/docs/assets/explorer.js')}"></script>`,
    body: html`<main id="content" tabindex="-1" data-base="${base}">
      <h1>Explorer</h1>
      <p class="lead">
        Send requests with the token with which you are signed in. They reach this server’s real data. None is sent
        before you press <strong>Send</strong>.
      </p>
      <noscript>The explorer needs JavaScript; the other pages do not.</noscript>
      ${description.tags.map(
        ({ name, description: about }) =>
          html`<section aria-labelledby="tag-${name}">
            <h2 id="tag-${name}">${capitalized(name)}</h2>
            <p>${inline(about)}</p>
            ${operationsOf(description, name)}
          </section>`,
      )}
    </main>`,
  });
}

function operationsOf({ paths }: Description, tag: string): Html[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation?.tags.includes(tag) ? [operationForm(path, method, operation)] : [];
    }),
  );
}

function operationForm(path: string, method: Method, operation: Operation): Html {
  const { operationId: id, summary, description, parameters = [], requestBody } = operation;
  const accept = path.endsWith('.json') ? undefined : answerType(operation);
  const [body] = Object.entries(requestBody?.content ?? {});
  return html`<details class="operation" id="${id}">
    <summary>
      <span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code> <span>${summary}</span>
    </summary>
    <div class="operation-content">
      ${prose(description)}
      <form
        data-method="${method.toUpperCase()}"
        data-path="${path}"
        ${accept !== undefined && html`data-accept="${accept}"`}
      >
        ${parameters.map((parameter) => parameterField(id, parameter))} ${body && bodyField(id, ...body)}
        <div class="buttons"><button class="button primary">Send</button></div>
      </form>
      <p role="status" data-state></p>
      <div class="result" hidden>
        <h3>Answer</h3>
        ${code(`Answer of ${summary}`, html``)}
        <details>
          <summary>Headers of the answer</summary>
          <dl data-headers></dl>
        </details>
        <h3>The request as code</h3>
        ${requestBlock(
          (language, name) =>
            html`<pre
              data-language="${language}"
              tabindex="0"
              role="group"
              aria-label="Request of ${summary}, ${name}"
            ><code></code></pre>`,
        )}
      </div>
    </div>
  </details>`;
}

function parameterField(operation: string, { name, in: place, description, required, schema }: Parameter): Html {
  const id = `${operation}-${name}`;
  const attributes = html`id="${id}" name="${name}" data-in="${place}"
  aria-describedby="${id}-about"${required && html` required`}`;
  return html`<div class="parameter">
    <label for="${id}"><code>${name}</code> <span class="type">${place === 'header' && 'header'}</span></label>
    ${
      schema.enum
        ? html`<select class="input" ${attributes}>
            <option value=""></option>
            ${schema.enum.map((value) => html`<option>${value}</option>`)}
          </select>`
        : html`<input class="input" ${attributes} autocomplete="off" spellcheck="false" />`
    }
    <div id="${id}-about">${prose(description)}</div>
  </div>`;
}

/** The media type of a successful answer. Addresses that end in `.json` have one form only, and need no Accept header. */
function answerType({ responses }: Operation): string | undefined {
  const [success] = Object.entries(responses).flatMap(([status, { content }]) => (status < '300' ? [content] : []));
  return Object.keys(success ?? {})[0];
}

function bodyField(operation: string, type: string, { examples = {} }: MediaType): Html {
  const texts = Object.values(examples).map(({ summary, value }) => ({
    summary,
    text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
  }));
  return html`<h3><label for="${operation}-body">Body</label></h3>
    ${
      texts.length > 1 &&
      html`<p>
        <label for="${operation}-example">Example</label>
        <select class="input" id="${operation}-example" data-example>
          ${texts.map(({ summary, text }) => html`<option value="${text}">${summary}</option>`)}
        </select>
      </p>`
    }
    <textarea class="input" id="${operation}-body" data-body data-type="${type}" autocomplete="off" spellcheck="false">
${texts[0]?.text ?? '{}'}</textarea>`;
}
