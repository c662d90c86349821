import { anyCoat } from '@cartage/testkit';
import type { Message } from './topics';

/** The messages in which one of these texts stands: in the key, a header or the value. */
export const messagesWith = (messages: readonly Message[], texts: readonly string[]): readonly Message[] => {
  const coats = anyCoat(texts);
  return messages.filter((message) => coats.some((coat) => JSON.stringify(message).includes(coat)));
};
