import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from './button.tsx';
import { CopyIcon } from './icon.tsx';
import { useNotify } from './notices.tsx';

interface Props {
  text: string;
  label: MessageId;
  done: MessageId;
  onCopied?: () => void;
}

export function CopyButton({ text, label, done, onCopied }: Props) {
  const notify = useNotify();
  const copy = async () => {
    try {
      await copyText(text);
      notify({ text: t(done) });
      onCopied?.();
    } catch {
      notify({ tone: 'error', text: t('copy.failed') });
    }
  };
  return (
    <Button variant="quiet" aria-label={t(label)} onPress={() => void copy()}>
      <CopyIcon />
    </Button>
  );
}

/** Copies a text. Throws if the browser does not allow it. */
async function copyText(text: string): Promise<void> {
  // Pages over plain HTTP from another machine do not have the clipboard.
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const write = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', write, true);
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', write, true);
  if (!isCopied) throw new Error('The browser has not copied the text.');
}
