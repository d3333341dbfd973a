import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { CloseIcon } from './icon.tsx';
import './dialog.css';

interface Props {
  title: string;
  /** True while a change is running. The dialog cannot be closed then, so that the user sees the outcome. */
  busy: boolean;
  onClose: () => void;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

export function Dialog({ title, busy, onClose, role = 'dialog', children }: Props) {
  return (
    <ModalOverlay
      className="dialog-overlay"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isKeyboardDismissDisabled={busy}
    >
      <Modal className="dialog-modal">
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button variant="quiet" aria-label={t('action.close')} onPress={onClose} isDisabled={busy}>
              <CloseIcon />
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
