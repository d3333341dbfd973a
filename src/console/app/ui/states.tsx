import { useEffect, useState, type ReactNode } from 'react';
import { describeError, type ErrorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import './states.css';

/** "Loading" is shown after this time only, because it would flicker if the response comes sooner. */
const DELAY_MS = 200;

export function Loading({ text }: { text: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="state" role="status">
      {shown && text}
    </p>
  );
}

interface EmptyStateProps {
  title: string;
  /** h1 if this is all that the page shows. */
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}

export function EmptyState({ title, heading: Heading = 'h2', children }: EmptyStateProps) {
  return (
    <div className="state">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

interface ErrorStateProps {
  error: ErrorDetails;
  onRetry: () => void;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}

/** Shown instead of data that could not be loaded. */
export function ErrorState({ error, onRetry, heading: Heading = 'h2', children }: ErrorStateProps) {
  return (
    <div className="state" role="alert">
      <Heading>{t(error.kind === 'forbidden' ? 'error.noAccess' : 'error.notLoaded')}</Heading>
      <p>{error.kind === 'forbidden' ? t('error.noAccessWhy') : describeError(error)}</p>
      <p className="state-actions">
        {error.kind !== 'forbidden' && <Button onPress={onRetry}>{t('action.tryAgain')}</Button>}
        {children}
      </p>
    </div>
  );
}
