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
    {/* The texts of the console are English, so those of the component library must be too. */}
    <I18nProvider locale="en-US">
      <App />
    </I18nProvider>
  </StrictMode>,
);
