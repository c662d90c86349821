import type { Envelope } from '@cartage/contracts';
import { isError, stackOf } from '@cartage/eventsourcing';

/** An event that a group could not take, and why. */
export interface DeadLetter {
  readonly group: string;
  readonly envelope: Envelope;
  readonly error: unknown;
  /** How often it was tried. */
  readonly attempts: number;
  /** Where it stood, for events that came over Kafka. */
  readonly origin?: Origin;
}

export interface Origin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Where dead letters are kept until a person has dealt with them. `add` is durable when it answers. */
export interface DeadLetters {
  add(letter: DeadLetter): Promise<void>;
}

/** In memory: for tests. */
export const memoryDeadLetters = (): DeadLetters & { readonly letters: readonly DeadLetter[] } => {
  const letters: DeadLetter[] = [];
  return {
    letters,
    add: async (letter) => {
      letters.push(letter);
    },
  };
};

/** The cause of a dead letter as text, for whoever reads it later. */
export const causeOf = (error: unknown): { readonly message: string; readonly stack: string } =>
  isError(error) ? { message: `${error.name}: ${error.message}`, stack: stackOf(error) } : { message: String(error), stack: '' };
