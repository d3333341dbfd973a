import { code, json, request } from './code.ts';
import type { Description, Method, Operation, Parameter, Schema } from './description.ts';
import { METHODS } from './description.ts';
import type { DocumentedExample } from './documented-example.ts';
import { documentedExamples } from './documented-example.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { textDocument } from './layout.ts';
import { capitalized, inline, prose } from './prose.ts';

/** One method of an endpoint, as a section of its page. */
interface Shown {
  readonly id: string;
  readonly method: Method;
  readonly operation: Operation;
}

/** The page of an endpoint: its fields, and the parameters, examples and answers of each method. */
export function endpointPage(description: Description, name: string): string {
  const path = `/${name}.json`;
  const operations = METHODS.flatMap((method): Shown[] => {
    const operation = description.paths[path]?.[method];
    return operation ? [{ id: operation.summary.toLowerCase().replaceAll(' ', '-'), method, operation }] : [];
  });
  const base = description.servers[0]?.url ?? '';
  const about = description.tags.find((tag) => tag.name === name)?.description ?? '';
  const title = capitalized(name);
  const answer = answerOf(operations);
  const list = answer.properties?.results?.items;
  return textDocument({
    path: `/api/v2/${name}`,
    title,
    about,
    contents: [
      ...operations.map(({ id, operation }) => ({ id, title: operation.summary })),
      { id: 'fields', title: 'Fields' },
    ],
    main: html`<h1>${title}</h1>
      <p class="lead">${inline(about)}</p>
      ${code('Address', html`${base}${path}`)} ${operations.map((shown) => operationSection(base, path, shown))}
      <section aria-labelledby="fields">
        <h2 id="fields">Fields</h2>
        <p>${list ? `The fields of each of the ${name} in an answer.` : 'The fields of the answer.'}</p>
        ${fieldList(list ?? answer)}
      </section>`,
  });
}

function operationSection(base: string, path: string, { id, method, operation }: Shown): Html {
  const examples = documentedExamples(path, method, operation);
  const body = operation.requestBody?.content['application/json']?.schema;
  const parameters = operation.parameters ?? [];
  // 201 (created) comes before 200 (updated).
  const succeeded = examples.filter(({ status }) => status < 300).toSorted((a, b) => b.status - a.status);
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${operation.summary}</h2>
    <p class="address"><span class="method ${method}">${method.toUpperCase()}</span> <code>/api/v2${path}</code></p>
    ${prose(operation.description)}
    ${
      parameters.length > 0 &&
      html`<h3>Parameters</h3>
        <dl class="fields">${parameters.map(parameter)}</dl>`
    }
    ${
      body &&
      html`<h3>Body</h3>
        ${fieldList(body, body.required)}`
    }
    ${succeeded.length > 0 && html`<h3>Examples</h3>`} ${succeeded.map((one, i) => exampleDetails(base, one, i === 0))}
    <h3>Answers</h3>
    <dl class="fields answers">
      ${Object.entries(operation.responses).map(
        ([status, { description }]) =>
          html`<div>
            <dt><span class="status s${status.charAt(0)}">${status}</span></dt>
            <dd>
              ${inline(description)}
              ${examples
                .filter((one) => one.status === Number(status) && one.status >= 400)
                .map((one) => exampleDetails(base, one, false))}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function parameter({ name, description, required, schema, ...rest }: Parameter): Html {
  return field(name, schema, description, { required, addition: rest['x-addition'] });
}

function fieldList({ properties = {} }: Schema, required: readonly string[] = []): Html {
  const entries = Object.entries(properties);
  return html`<dl class="fields">
    ${entries.map(([name, schema]) =>
      field(name, schema, schema.description ?? '', { required: required.includes(name) }),
    )}
  </dl>`;
}

interface Marks {
  readonly required?: boolean | undefined;
  readonly addition?: boolean | undefined;
}

function field(name: string, schema: Schema, description: string, { required, addition }: Marks): Html {
  return html`<div>
    <dt>
      <code>${name}</code> <span class="type">${typeName(schema)}</span>${
        required && html` <span class="required">required</span>`
      }${addition && html` <span class="addition">addition</span>`}
    </dt>
    <dd>
      ${inline(description)}${addition && html` <em>TextIt and RapidPro do not have this parameter.</em>`}${
        schema.default !== undefined && html` Without it: <code>${schema.default}</code>.`
      }
    </dd>
  </div>`;
}

/** The name of a type for readers. A format has its own name, such as "UUID"; otherwise it is the name of the JSON type. */
function typeName({ type, format, enum: values, properties, ...rest }: Schema): string {
  if (rest['x-format']) return rest['x-format'];
  if (format === 'uuid') return 'UUID';
  if (format === 'date-time') return 'time';
  if (values) return values.join(' · ');
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  return [type]
    .flat()
    .map((one) => (one === 'string' ? 'text' : one))
    .join(' or ');
}

function exampleDetails(base: string, example: DocumentedExample, open: boolean): Html {
  const { title, note, status, answer } = example;
  return html`<details${open && html` open`}>
    <summary>${title} <span class="status s${String(status).charAt(0)}">${status}</span></summary>
    ${note && html`<p>${inline(note)}</p>`}
    ${request(`Request: ${title}`, base + example.path, example)}
    ${code(`Answer: ${title}`, json(answer))}
  </details>`;
}

/** The schema of the endpoint's answer to a GET. The answer is a list or one object. */
function answerOf(operations: readonly Shown[]): Schema {
  const [answer] = operations.flatMap(
    ({ operation }) => operation.responses['200']?.content?.['application/json'] ?? [],
  );
  return answer?.schema ?? {};
}
