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

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface TroubleStateProps {
  trouble: Trouble;
  onRetry: () => void;
  children?: ReactNode;
}

/** In place of what could not be loaded. */
export function TroubleState({ trouble, onRetry, children }: TroubleStateProps) {
  return (
    <div className="state" role="alert">
      <h2>{trouble.kind === 'forbidden' ? 'No access' : 'This could not be loaded'}</h2>
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
