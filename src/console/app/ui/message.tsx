import { Fragment, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';

/** Marks the place of an element in the text. Unicode gives no meaning to this character, and no message has it. */
const MARK = '\uFDD0';

interface Props {
  id: MessageId;
  /** The values of the placeholders by name. */
  values: Record<string, ReactNode>;
}

/** A message with elements in some of its placeholders, such as a name that keeps its own direction. */
export function Message({ id, values }: Props) {
  const elements: ReactNode[] = [];
  const texts = Object.entries(values).map(([name, value]) =>
    typeof value === 'number' ? [name, value] : [name, `${MARK}${elements.push(value) - 1}${MARK}`],
  );
  const parts = t(id, Object.fromEntries(texts)).split(MARK);
  // Every second part is the place of an element.
  return parts.map((part, place) => <Fragment key={place}>{place % 2 === 0 ? part : elements[Number(part)]}</Fragment>);
}
