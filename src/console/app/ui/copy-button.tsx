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

/** Renders nothing on insecure connections, where browsers do not allow copying. Users can still select the text. */
export function CopyButton({ text, label, done, onCopied }: Props) {
  const notify = useNotify();
  if (!('clipboard' in navigator)) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
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
