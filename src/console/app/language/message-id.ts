import type { MessageId } from '@lingui/core';
import type english from './messages/en.json';

// `t` and `<Message>` take the ids of the English messages only.
declare module '@lingui/core' {
  interface Register {
    messageIds: keyof typeof english;
  }
}

export type { MessageId };
