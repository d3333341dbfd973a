import { useEffectEvent, useLayoutEffect } from 'react';

/** The forms that are open. */
const open = new Set<string>();

/**
 * Closes a form at once that is open already. While the code of the first one is still being loaded, the user can open it a second time,
 * such as with the button of a page and in the dialog for finding.
 *
 * @param form A name for what the form creates or changes.
 */
export function useOnlyOne(form: string, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useLayoutEffect(() => {
    if (open.has(form)) return close();
    open.add(form);
    return () => void open.delete(form);
  }, [form]);
}
