import { useEffect, useReducer, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { readToken } from './token.js';
import type { Account } from './use-session.ts';
import { knownWorkspaces, workspacesOfOthers } from './workspaces.js';
import './other-workspaces.css';

/** Offers the other workspaces whose tokens this tab has. It is shown when the present token does not work. */
export function OtherWorkspaces({ switchTo, signOut }: Pick<Account, 'switchTo' | 'signOut'>) {
  return (
    <Others onChoose={switchTo} label={(name) => <Name text={name} />}>
      <Button variant="quiet" onPress={signOut}>
        {t('signIn.signOutOfAll')}
      </Button>
    </Others>
  );
}

/** Offers to open the present address in the other workspaces. It is shown when the present one does not have what the address names. */
export function LookInOtherWorkspaces({ switchTo }: Pick<Account, 'switchTo'>) {
  return (
    <Others
      onChoose={(token) => switchTo(token, true)}
      label={(name) => <Message id="signIn.lookIn" values={{ workspace: <Name text={name} /> }} />}
    />
  );
}

interface OthersProps {
  onChoose: (token: string) => void;
  label: (name: string) => ReactNode;
  children?: ReactNode;
}

function Others({ onChoose, label, children }: OthersProps) {
  const [, showAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    workspacesOfOthers.addEventListener('change', showAgain);
    return () => workspacesOfOthers.removeEventListener('change', showAgain);
  }, []);
  const present = readToken();
  const others = knownWorkspaces().filter(({ token }) => token !== present);
  if (others.length === 0) return null;
  return (
    <section className="other-workspaces" aria-labelledby="other-workspaces">
      <h2 id="other-workspaces">{t('signIn.otherWorkspaces')}</h2>
      <ul>
        {others.map(({ token, name, email }) => (
          <li key={token}>
            <Button onPress={() => onChoose(token)}>
              <span>{label(name)}</span>
              <bdi className="other-workspace-email">{email}</bdi>
            </Button>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
