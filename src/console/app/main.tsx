import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { currentFormatLocale, pageLanguage, showLanguage, useLanguage } from './language/language.ts';
import { markKeyFocus } from './ui/key-focus.ts';
import { keepFocus } from './ui/lost-focus.ts';
import './older-browsers.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/print.css';

const RETRY_MS = 2_000;

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');
keepFocus();
markKeyFocus();
await showFirstLanguage();
createRoot(root).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);

/** Tries until it succeeds, because a page without its messages would be blank. */
async function showFirstLanguage(): Promise<void> {
  try {
    await showLanguage(pageLanguage());
  } catch {
    await new Promise((resolve) => {
      setTimeout(resolve, RETRY_MS);
    });
    await showFirstLanguage();
  }
}

/** When the language changes, this renders the whole page again, because every component may have texts. */
function Root() {
  useLanguage();
  return (
    <I18nProvider locale={currentFormatLocale()}>
      <App />
    </I18nProvider>
  );
}
