import { useState } from 'react';
import { getFragmentData } from '../generated/index.ts';
import type { TokenRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useKeptDraft } from '../session/drafts.ts';
import { ROLE_NAMES } from '../session/role-names.ts';
import { useIsInAccount, useViewer } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRowMenu } from '../ui/row-menu.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { KeyDialog, type NewKey } from './key-dialog.tsx';
import { PeopleTable } from './people-table.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { TokenRow, useOwnToken, useTokens } from './use-tokens.ts';
import { UtcDay } from './utc-day.tsx';

type OpenDialog =
  { action: 'create' } | { action: 'revoke'; token: TokenRowFragment } | { action: 'key'; made: NewKey };

/** The tokens that the user may see. Administrators see the tokens of everybody, other users only their own. */
export function Tokens() {
  const administers = useViewer().role === 'ADMINISTRATOR';
  const own = useOwnToken();
  const isInAccount = useIsInAccount();
  const [readFrom, setReadFrom] = useState<'start' | 'end'>('start');
  const control = useTokens(readFrom);
  const newToken = useKeptDraft('token');
  const [open, setOpen] = useState<OpenDialog | undefined>(
    newToken && !newToken.subject ? { action: 'create' } : undefined,
  );
  const close = () => setOpen(undefined);
  const menu = useRowMenu<TokenRowFragment>((token) => [
    { label: t('people.revokeAsk'), danger: true, run: () => setOpen({ action: 'revoke', token }) },
  ]);

  // The user has signed in with a token of the live account. Such a user can neither see nor create tokens of this server.
  if (isInAccount && own === null) return <p className="people-about">{t('people.inAccount')}</p>;
  return (
    <>
      <div className="people-head">
        <p className="people-about">{t(administers ? 'people.aboutTokens' : 'people.aboutOwnTokens')}</p>
        {(!isInAccount || own) && (
          <Button variant="primary" className="page-action" onPress={() => setOpen({ action: 'create' })}>
            <PlusIcon /> {t('people.newToken')}
          </Button>
        )}
      </div>
      <PeopleTable
        label={t('people.tokens')}
        name="tokens"
        columns="token-columns"
        titles={[t('field.name'), t('people.tokenRole'), t('people.use')]}
        hasMenus
        control={control}
        readFrom={readFrom}
        onReadFrom={setReadFrom}
        row={(ref) => {
          const token = getFragmentData(TokenRow, ref);
          const inUse = token.uuid === own?.uuid;
          return (
            <>
              <span role="cell" className="token-name">
                <span className="people-name">
                  <Name text={token.name} />
                  {inUse && <span className="badge">{t('people.inUse')}</span>}
                  {isOver(token) && <span className="badge badge-warning">{t('people.expired')}</span>}
                </span>
                <span className="token-owner">
                  <Name text={token.owner} />
                </span>
              </span>
              <span role="cell" className="token-role">
                {t(ROLE_NAMES[token.role])}
              </span>
              <span role="cell" className="token-use">
                {/* The token of this console is in use now, but the server writes the use up to a minute later. */}
                <Use token={token} lastUsedOn={inUse ? new Date().toISOString() : token.lastUsedOn} />
              </span>
              <span role="cell" className="people-actions">
                {menu.button(token, token.name)}
              </span>
            </>
          );
        }}
      />
      {menu.menu}
      {open?.action === 'create' && (
        <TokenDialog member={undefined} onClose={close} onKey={(made) => setOpen({ action: 'key', made })} />
      )}
      {open?.action === 'revoke' && (
        <RevokeTokenDialog token={open.token} inUse={open.token.uuid === own?.uuid} onClose={close} />
      )}
      {open?.action === 'key' && <KeyDialog made={open.made} onClose={close} />}
    </>
  );
}

function isOver({ expiresOn }: TokenRowFragment): boolean {
  return expiresOn !== null && Date.parse(expiresOn) <= Date.now();
}

/** When a token was made, was last used, and expires. */
function Use({ token, lastUsedOn }: { token: TokenRowFragment; lastUsedOn: string | null }) {
  const { createdOn, expiresOn } = token;
  return (
    <>
      <span>
        <Message id="people.made" values={{ time: <Timestamp iso={createdOn} /> }} />
      </span>
      <span>
        {lastUsedOn === null ? (
          t('people.neverUsed')
        ) : (
          <Message id="people.lastUsed" values={{ time: <UtcDay iso={lastUsedOn} /> }} />
        )}
      </span>
      <span>
        {expiresOn === null ? (
          t('people.neverExpires')
        ) : (
          <Message id="people.expires" values={{ time: <Timestamp iso={expiresOn} /> }} />
        )}
      </span>
    </>
  );
}
