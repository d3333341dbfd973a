import { useEffect, useRef, useState, type RefObject } from 'react';

/**
 * Leads the user to the first error of a form that was refused: its field gets the focus, and its message is scrolled into the window.
 * Put `form` on the form, and call `onAnswer` after setting the errors. A form without errors is left as it is.
 */
export function useErrorFocus(): { form: RefObject<HTMLFormElement | null>; onAnswer: () => void } {
  const form = useRef<HTMLFormElement>(null);
  const [answers, setAnswers] = useState(0);
  // The effect runs after the errors are rendered.
  useEffect(() => {
    if (answers === 0) return;
    const first = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    first('[aria-invalid="true"]')?.focus();
    // The error of a field, or else that of the form as a whole.
    (first('.field-error') ?? first('[role="alert"]:not(:empty)'))?.scrollIntoView({ block: 'nearest' });
  }, [answers]);
  return { form, onAnswer: () => setAnswers((count) => count + 1) };
}
