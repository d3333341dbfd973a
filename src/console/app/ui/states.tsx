import { useEffect, useState, type ReactNode } from 'react';
import { describeTrouble, type Trouble } from '../api/trouble.ts';
import { Button } from './button.tsx';
import './states.css';

/** An answer usually comes sooner than this; until then nothing flickers. */
const QUIET_MS = 200;

export function Loading({ what }: { what: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="state" role="status">
      {shown && `Loading ${what}…`}
    </p>
  );
}

interface EmptyStateProps {
  title: string;
  /** h1 where it stands for the whole page. */
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

interface TroubleStateProps {
  trouble: Trouble;
  onRetry: () => void;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}

/** In place of what could not be loaded. */
export function TroubleState({ trouble, onRetry, heading: Heading = 'h2', children }: TroubleStateProps) {
  return (
    <div className="state" role="alert">
      <Heading>{trouble.kind === 'forbidden' ? 'No access' : 'This could not be loaded'}</Heading>
      <p>
        {trouble.kind === 'forbidden'
          ? 'Your role in this workspace has no access to campaigns. Ask an administrator of the workspace.'
          : describeTrouble(trouble)}
      </p>
      <p className="state-actions">
        {trouble.kind !== 'forbidden' && <Button onPress={onRetry}>Try again</Button>}
        {children}
      </p>
    </div>
  );
}
