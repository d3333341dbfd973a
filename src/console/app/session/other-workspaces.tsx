import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Name } from '../ui/name.tsx';
import { readToken } from './token.js';
import type { Account } from './use-session.ts';
import { knownWorkspaces } from './workspaces.js';
import './other-workspaces.css';

/** Offers the other workspaces whose tokens this tab has. It is shown when the present token does not work. */
export function OtherWorkspaces({ switchTo, signOut }: Pick<Account, 'switchTo' | 'signOut'>) {
  const present = readToken();
  const others = knownWorkspaces().filter(({ token }) => token !== present);
  if (others.length === 0) return null;
  return (
    <section className="other-workspaces" aria-labelledby="other-workspaces">
      <h2 id="other-workspaces">{t('signIn.otherWorkspaces')}</h2>
      <ul>
        {others.map(({ token, name, email }) => (
          <li key={token}>
            <Button onPress={() => switchTo(token)}>
              <Name text={name} />
              <bdi className="other-workspace-email">{email}</bdi>
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="quiet" onPress={signOut}>
        {t('signIn.signOutOfAll')}
      </Button>
    </section>
  );
}
