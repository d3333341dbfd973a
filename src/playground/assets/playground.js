// @ts-check
import { ask, checkToken, showToken } from './token-bar.js';
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
  void showToken();
});
shareWithOtherTabs(() => void showToken());
void showToken();

// Documentation and completion use this file instead of an introspection query, so that they need no token.
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
    // The editor keeps its headers in localStorage, where no token may be.
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
    debugTools: [],
  }),
);
