// @ts-check
import { ask, checkToken } from './token-bar.js';
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
  void checkToken();
});
void shareWithOtherTabs(() => void checkToken()).then(checkToken);

/** @param {{ query: string, variables?: object, operationName?: string }} operation */
async function fetcher(operation) {
  const response = await ask(readToken(), operation);
  if (response.status === 401) void checkToken();
  return response.json();
}

// The documentation and completion come from the server's own description, and so work before there is a token.
const [{ React, createRoot, Ruru }, schema] = await Promise.all([
  import(`${assets}ruru.js`),
  fetch(`${assets}introspection.json`).then((response) => response.json()),
]);

createRoot(document.getElementById('playground')).render(
  React.createElement(Ruru, {
    fetcher,
    schema,
    defaultTabs: examples.map((/** @type {string} */ query) => ({ query })),
    // What is typed there would be kept in the history, and a token belongs in no lasting storage.
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
    debugTools: [],
  }),
);
