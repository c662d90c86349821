import { integer, named, nullable, object, oneOf, optional, text, time } from '@cartage/contracts';
import { deadLetterStates, type StoredLetter } from '@cartage/messaging';
import { answerOf, pageAnswer } from '../http/answer';

/** A dead letter as lists show it. */
export interface ShownLetter {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  readonly eventId: string;
  readonly type: string;
  readonly state: StoredLetter['state'];
  readonly error: string;
  readonly attempts: number;
  readonly behind: number;
  readonly storedAt: string;
  readonly changedAt: string;
  readonly reason?: string;
}

/** A dead letter with all that came. */
export interface WholeLetter extends ShownLetter {
  readonly stack: string;
  readonly headers: { readonly [name: string]: string };
  readonly value: string | null;
  readonly encoding: 'utf-8' | 'base64';
}

export const shownLetter = ({ record: _, stack: __, ...letter }: StoredLetter): ShownLetter => letter;

/** The value as text where it is text, or else its bytes. */
const valueOf = (value: Buffer | null): Pick<WholeLetter, 'value' | 'encoding'> => {
  if (value === null) return { value: null, encoding: 'utf-8' };
  const written = value.toString();
  return Buffer.from(written).equals(value)
    ? { value: written, encoding: 'utf-8' }
    : { value: value.toString('base64'), encoding: 'base64' };
};

export const wholeLetter = ({ record: { headers, value }, ...letter }: StoredLetter): WholeLetter => ({
  ...letter,
  headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, String(header)])),
  ...valueOf(value),
});

const shown = object({
  id: text('Counts up with the time of storing.'),
  group: text('The listening group that could not take it.'),
  topic: text('Where it came from.'),
  key: text('What belongs together, the order for most: later events of a key wait behind it.'),
  eventId: text('The event’s id; where it stood, for a record that is no event.'),
  type: text('Type of the event; empty for a record that is no event.'),
  state: oneOf(
    deadLetterStates,
    '`dead`: waits for a person. `retrying`: is being taken again. `waiting`: behind another one of its key. `dropped`: a person has decided so.',
  ),
  error: text('Why it could not be taken; empty for one that waits.'),
  attempts: integer('How often it was tried.'),
  behind: integer('How many of its key wait behind it.'),
  storedAt: time(),
  changedAt: time(),
  reason: optional(text('Why it was dropped.')),
});

export const deadLetter = answerOf<ShownLetter>()('DeadLetter', shown);
export const deadLetterPage = pageAnswer(deadLetter);

export const wholeDeadLetter = answerOf<WholeLetter>()(
  'WholeDeadLetter',
  object({
    ...shown.shape,
    stack: text('Where the error was thrown.'),
    headers: named(text(), 'Of the record: the attributes of the event.'),
    value: nullable(text('The record’s value; its bytes in Base64 where they are no text.')),
    encoding: oneOf(['utf-8', 'base64'], 'Of the value.'),
  }),
);
