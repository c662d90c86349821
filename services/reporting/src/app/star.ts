import type { Envelope } from '@cartage/contracts';
import type { Fact } from '../domain/table';

/** An event, and what it says to the star; customers are pseudonyms by now. */
export interface Extracted {
  readonly envelope: Envelope;
  readonly facts: readonly Fact[];
}

/** Keeps what events say. What was kept before is not kept twice, and what should have come before is noted as missing: all of a batch, or nothing. */
export interface Star {
  keep(batch: readonly Extracted[]): Promise<void>;
}

/** What a customer is called here: always the same, and nobody can tell whose it is. */
export type PseudonymOf = (customerId: string) => Promise<string>;
