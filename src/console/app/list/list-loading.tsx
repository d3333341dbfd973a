import { Loading } from '../ui/states.tsx';
import { useEndKeys } from './end-keys.ts';

interface Props {
  /** The label of the table that is shown when the list is loaded. */
  label: string;
  text: string;
  /** Reads the list from its start or its end. */
  onReadFrom: (end: 'start' | 'end') => void;
}

/** Shown until a list is loaded. Home and End already lead to its start and its end. */
export function ListLoading({ label, text, onReadFrom }: Props) {
  useEndKeys(label, { Home: true, End: true }, onReadFrom);
  return <Loading text={text} />;
}
