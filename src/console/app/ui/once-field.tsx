import { useRef } from 'react';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { CopyButton } from './copy-button.tsx';
import './once-field.css';

interface Props {
  text: string;
  label: MessageId;
  copy: MessageId;
  copied: MessageId;
  /** Called when the button has copied the text. */
  onCopied: () => void;
}

/** A text that the server shows once, to be copied. */
export function OnceField({ text, label, copy, copied, onCopied }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="once-field">
      {/* An input, because it is reached by keyboard, and selects all of the text when it is. */}
      <input
        ref={input}
        className="field-input"
        aria-label={t(label)}
        dir="ltr"
        readOnly
        value={text}
        onFocus={() => input.current?.select()}
      />
      <CopyButton text={text} label={copy} done={copied} onCopied={onCopied} />
    </div>
  );
}
