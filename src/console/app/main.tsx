import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');
createRoot(root).render(
  <StrictMode>
    {/* The console speaks English, whatever the browser does; names in any script find their own direction. */}
    <I18nProvider locale="en-US">
      <App />
    </I18nProvider>
  </StrictMode>,
);
