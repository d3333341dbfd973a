import { splitInvisible } from './invisible-characters.ts';
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
    typeof part === 'string' ? (
      part
    ) : (
      <span
        key={place}
        className="invisible-character"
        role="img"
        aria-label={part.description}
        title={part.description}
        data-sign={part.sign}
      >
        {part.character}
      </span>
    ),
  );
}
