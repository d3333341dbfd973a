import { t } from '../language/language.ts';
import { splitInvisible, type InvisibleCharacter } from './invisible-characters.ts';
import './name.css';

interface Props {
  text: string;
  className?: string;
}

/** A name that somebody has given. It does not change the direction of the text around it. */
export function Name({ text, className }: Props) {
  return (
    <bdi className={className}>
      <VisibleText text={text} />
    </bdi>
  );
}

/** A text in which invisible characters are marked. The marks are drawn by CSS, so that copying gives the text as it is. */
export function VisibleText({ text }: { text: string }) {
  return splitInvisible(text).map((part, place) =>
    typeof part === 'string' ? part : <Mark key={place} invisible={part} />,
  );
}

function Mark({ invisible: { character, sign, code, nameId } }: { invisible: InvisibleCharacter }) {
  const description = t('character.described', { name: t(nameId), code });
  return (
    <span className="invisible-character" role="img" aria-label={description} title={description} data-sign={sign}>
      {character}
    </span>
  );
}
