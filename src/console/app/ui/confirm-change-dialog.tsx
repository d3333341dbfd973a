import type { UseMutationResult } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { joinedErrors, type Subject } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface Refusable {
  userErrors: Parameters<typeof joinedErrors>[1];
}

interface Props<Payload, Variables> extends Pick<
  ComponentProps<typeof ConfirmDialog>,
  'title' | 'children' | 'confirmLabel' | 'onClose'
> {
  mutation: UseMutationResult<Payload | null | undefined, Error, Variables>;
  variables: Variables;
  /** How the user errors of the mutation are worded. */
  subject: Subject;
  /** What somebody else has changed meanwhile. It is shown instead of the mutation's user errors. */
  conflict?: ReactNode;
  /** Called when the change was made. The dialog is closed then. */
  onDone: (payload: Payload) => void;
}

/** Asks the user to confirm a mutation that cannot be undone, and runs it. If it is refused, the dialog says why and stays open. */
export function ConfirmChangeDialog<Payload extends Refusable, Variables>({
  mutation,
  variables,
  subject,
  conflict,
  onDone,
  children,
  ...dialog
}: Props<Payload, Variables>) {
  const userErrors = mutation.data?.userErrors ?? [];
  const error = mutation.error
    ? describeError(errorDetails(mutation.error))
    : userErrors.length > 0 && !conflict
      ? joinedErrors(subject, userErrors)
      : undefined;
  return (
    <ConfirmDialog
      {...dialog}
      error={error}
      busy={mutation.isPending}
      onConfirm={() =>
        mutation.mutate(variables, {
          onSuccess: (payload) => {
            if (!payload || payload.userErrors.length > 0) return;
            dialog.onClose();
            onDone(payload);
          },
        })
      }
    >
      {children}
      {conflict}
    </ConfirmDialog>
  );
}
