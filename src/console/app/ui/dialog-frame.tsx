import { useLayoutEffect, useState, type ComponentProps, type ReactNode } from 'react';
import { Modal, ModalOverlay } from 'react-aria-components';
import { flushSync } from 'react-dom';
import './dialog.css';

interface Props extends Pick<
  ComponentProps<typeof ModalOverlay>,
  'onOpenChange' | 'isDismissable' | 'isKeyboardDismissDisabled'
> {
  children: ReactNode;
}

/**
 * What is around every dialog. Until the code of a dialog is there, the user can open another one. Two dialogs that opened at the same time
 * would make each other inert, and the page with them. So each opens in a step of its own, and the later one is in front.
 */
export function DialogFrame({ children, ...overlay }: Props) {
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => queueMicrotask(() => flushSync(() => setOpen(true))), []);
  return (
    <ModalOverlay {...overlay} className="dialog-overlay" isOpen={isOpen}>
      <Modal className="dialog-modal">{children}</Modal>
    </ModalOverlay>
  );
}
