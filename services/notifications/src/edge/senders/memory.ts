import { refusedBy, type Outgoing, type Sender } from '../../app/sender';
import type { Medium } from '../../domain/kinds';

export interface MemorySender extends Sender {
  readonly sent: readonly Outgoing[];
}

const looksRight: Readonly<Record<Medium, RegExp>> = { email: /^[^\s@]+@[^\s@]+$/, text: /\d/ };

/** Keeps what it was given. For specs, and where nothing may leave the process. */
export const memorySender = (medium: Medium = 'email'): MemorySender => {
  const sent: Outgoing[] = [];
  return {
    name: 'memory',
    medium,
    sent,
    send: async (message) => {
      if (!looksRight[medium].test(message.to.address)) return refusedBy('address-invalid', 'Nothing can be addressed to it.');
      sent.push(message);
      return { status: 'accepted', reference: message.messageId };
    },
    close: async () => undefined,
  };
};
