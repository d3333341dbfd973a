import type { FormEvent } from 'react';
import { whyNotLoaded } from '../api/why-not-loaded.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from '../ui/button.tsx';
import { removeFrame } from '../ui/frame.ts';
import { Mark } from '../ui/icon.tsx';
import { usePageTitle } from '../ui/page-heading.tsx';
import { LanguageSelect } from '../ui/language-select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useErrorFocus } from '../ui/use-error-focus.ts';
import { OtherWorkspaces } from './other-workspaces.tsx';
import type { Account, SignedOutReason } from './use-session.ts';
import { useTokenCheck } from './use-token-check.ts';
import './sign-in.css';

interface Props extends Pick<Account, 'switchTo' | 'signOut'> {
  reason: SignedOutReason;
  onToken: (token: string) => void;
}

/** Asks for a token and checks it. The address does not change, so that a shared link works after signing in. */
export function SignIn({ reason, onToken, switchTo, signOut }: Props) {
  usePageTitle(t('signIn.title'));
  const { busy, setError, check, input } = useTokenCheck(onToken);
  const { form, onAnswer } = useErrorFocus();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    await check();
    onAnswer();
  };

  const isUnexpected = reason === 'chosen-unsaved' || reason.startsWith('refused');
  return (
    <main className="sign-in" ref={removeFrame}>
      <form className="sign-in-card" ref={form} onSubmit={(event) => void submit(event)} noValidate>
        <Mark />
        <h1>{t('signIn.heading')}</h1>
        <p className="sign-in-reason" role={isUnexpected ? 'alert' : undefined}>
          {t(REASONS[reason])}
        </p>
        <TextInput
          label={t('signIn.token')}
          type="password"
          {...input}
          autoFocus
          autoComplete="off"
          spellCheck="false"
        />
        <Button variant="primary" type="submit" busy={busy}>
          {t(busy ? 'signIn.busy' : 'signIn.title')}
        </Button>
        <p className="sign-in-hint">{t('signIn.hint')}</p>
      </form>
      <OtherWorkspaces switchTo={switchTo} signOut={signOut} />
      <LanguageSelect onError={() => void whyNotLoaded().then(setError)} />
    </main>
  );
}

const REASONS = {
  new: 'signIn.reason.new',
  chosen: 'signIn.reason.chosen',
  'chosen-unsaved': 'signIn.reason.chosenUnsaved',
  refused: 'signIn.reason.refused',
  'refused-unsaved': 'signIn.reason.refusedUnsaved',
  'refused-kept': 'signIn.reason.refusedKept',
  'other-token': 'signIn.reason.new',
} as const satisfies Record<SignedOutReason, MessageId>;
