import './people-messages.ts';
import { Link } from 'wouter';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { Members } from './members.tsx';
import { Tokens } from './tokens.tsx';
import './people.css';

/** The members of the workspace, and their tokens. */
export function PeoplePage({ part }: { part: 'members' | 'tokens' }) {
  const showsTokens = part === 'tokens';
  return (
    <>
      <PageHeading title={t('account.people')} part={part} />
      <nav className="people-parts" aria-label={t('account.people')}>
        <Link href="/people" aria-current={showsTokens ? undefined : 'page'} onClick={clearScrollPositions}>
          {t('people.members')}
        </Link>
        <Link href="/people/tokens" aria-current={showsTokens ? 'page' : undefined} onClick={clearScrollPositions}>
          {t('people.tokens')}
        </Link>
      </nav>
      {showsTokens ? <Tokens /> : <Members />}
    </>
  );
}
