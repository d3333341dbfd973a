// @ts-check
import { ask, checkToken, takeUpToken } from './token-bar.js';
import { readToken, shareWithOtherTabs, takeTokenFromAddress } from './token.js';

const { assets, examples } = JSON.parse(document.getElementById('config')?.textContent ?? '{}');

Object.assign(globalThis, {
  MonacoEnvironment: {
    /** @param {unknown} _id @param {string} label */
    getWorker(_id, label) {
      const name = label === 'json' ? 'jsonWorker' : label === 'graphql' ? 'graphqlWorker' : 'editorWorker';
      return new Worker(`${assets}${name}.js`, { type: 'module' });
    },
  },
});

takeTokenFromAddress();
addEventListener('hashchange', () => {
  takeTokenFromAddress();
  void takeUpToken();
});
shareWithOtherTabs(() => void takeUpToken());
void takeUpToken();

// The documentation and completion come from the server's own description, and so work before there is a token.
const description = fetch(`${assets}introspection.json`).then((response) => response.json());

/** @param {{ query: string, variables?: object, operationName?: string }} operation */
async function fetcher(operation) {
  if (operation.operationName === 'IntrospectionQuery') return { data: await description };
  const response = await ask(readToken(), operation);
  if (response.status === 401) void checkToken();
  return response.json();
}

const { React, createRoot, Ruru } = await import(`${assets}ruru.js`);

createRoot(document.getElementById('playground')).render(
  React.createElement(Ruru, {
    fetcher,
    defaultTabs: examples.map((/** @type {string} */ query) => ({ query })),
    // What is typed there would be kept in the history, and a token belongs in no lasting storage.
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
    debugTools: [],
  }),
);
