import type { UseMutationResult } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { joinedErrors, type Subject } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useNotify } from './notices.tsx';
import { useIsShown } from './use-is-shown.ts';

interface Refusable {
  userErrors: Parameters<typeof joinedErrors>[1];
}

interface Props<Payload, Variables> extends Pick<
  ComponentProps<typeof ConfirmDialog>,
  'title' | 'children' | 'confirmLabel' | 'unsaved' | 'onClose'
> {
  mutation: UseMutationResult<Payload | null | undefined, Error, Variables>;
  variables: Variables;
  /** How the user errors of the mutation are worded. */
  subject: Subject;
  /** What somebody else has changed meanwhile. It is shown instead of the mutation's user errors. */
  conflict?: ReactNode;
  /** The notice to show when the change was made. */
  done?: ReactNode;
  /** Called when the change was made and the dialog has been closed. Not called if the user has left the page before the answer. */
  onDone?: ((payload: Payload) => void) | undefined;
}

/**
 * Asks the user to confirm a mutation that cannot be undone, and runs it. If it is refused, the dialog says why and stays open. If the
 * user has left the page meanwhile, a notice says it.
 */
export function ConfirmChangeDialog<Payload extends Refusable, Variables>({
  mutation,
  variables,
  subject,
  conflict,
  done,
  onDone,
  children,
  ...dialog
}: Props<Payload, Variables>) {
  const notify = useNotify();
  const isShown = useIsShown();
  const userErrors = mutation.data?.userErrors ?? [];
  const error = mutation.error
    ? describeError(errorDetails(mutation.error))
    : userErrors.length > 0 && !conflict
      ? joinedErrors(subject, userErrors)
      : undefined;
  const confirm = async () => {
    const tellIfLeft = (text: string) => {
      if (!isShown.current) notify({ tone: 'error', text });
    };
    try {
      const payload = await mutation.mutateAsync(variables);
      if (!payload) return;
      if (payload.userErrors.length > 0) return tellIfLeft(joinedErrors(subject, payload.userErrors));
      if (done !== undefined) notify({ text: done });
      if (!isShown.current) return;
      dialog.onClose();
      onDone?.(payload);
    } catch (thrown) {
      tellIfLeft(describeError(errorDetails(thrown)));
    }
  };
  return (
    <ConfirmDialog {...dialog} error={error} busy={mutation.isPending} onConfirm={() => void confirm()}>
      {children}
      {conflict}
    </ConfirmDialog>
  );
}
