import { useEffect, useState, type ReactNode } from 'react';
import { describeError, type ErrorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { PageHeading } from './page-heading.tsx';
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

export function EmptyState({ title, heading = 'h2', children }: EmptyStateProps) {
  return (
    <div className="state">
      <StateHeading level={heading} title={title} />
      {children}
    </div>
  );
}

function StateHeading({ level, title }: { level: 'h1' | 'h2'; title: string }) {
  return level === 'h1' ? <PageHeading title={title} /> : <h2>{title}</h2>;
}

interface ErrorStateProps {
  error: ErrorDetails;
  onRetry: () => void;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}

/** Shown above data that could not be loaded again, so that it may be outdated. */
export function OutOfDate({ error, onRetry }: { error: ErrorDetails; onRetry: () => void }) {
  return (
    <div className="state-line" role="status">
      {t('error.outOfDate', { message: describeError(error) })}
      <Button onPress={onRetry}>{t('action.tryAgain')}</Button>
    </div>
  );
}

/** Shown instead of data that could not be loaded. */
export function ErrorState({ error, onRetry, heading = 'h2', children }: ErrorStateProps) {
  return (
    <div className="state" role="alert">
      <StateHeading level={heading} title={t(error.kind === 'forbidden' ? 'error.noAccess' : 'error.notLoaded')} />
      <p>{error.kind === 'forbidden' ? t('error.noAccessWhy') : describeError(error)}</p>
      <p className="state-actions">
        {error.kind !== 'forbidden' && <Button onPress={onRetry}>{t('action.tryAgain')}</Button>}
        {children}
      </p>
    </div>
  );
}
