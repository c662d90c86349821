import type { Lane, Level } from './lane';

/** From what a promise was made. */
export interface LeadTimeSource {
  readonly method: string;
  readonly version: string;
  /** The narrowest level that was known, and of how many deliveries. */
  readonly level: Level | 'nothing';
  readonly deliveries: number;
  /** The share of deliveries that was asked to come in time. */
  readonly share: number;
}

export interface LeadTimeQuote {
  /** From the day of the order to the last day of the promise; undefined where nothing was delivered yet. */
  readonly days: number | undefined;
  /** Days that this share of deliveries takes at most. */
  within(share: number): number | undefined;
  readonly from: LeadTimeSource;
}

/** Learns as time goes by: of an order nothing is known until it was delivered, or until its promise has passed. */
export interface LeadTimeModel {
  quote(lane: Lane): LeadTimeQuote;
  /** That a quote was given to a customer; it is settled later. */
  promised(lane: Lane): void;
  /** A delivery, once it has happened. */
  delivered(lane: Lane, days: number): void;
  /** A promise that was kept, or that has passed without a delivery. */
  settled(lane: Lane, isLate: boolean): void;
}

export interface LeadTimeMethod {
  readonly name: string;
  readonly version: string;
  /** A model that knows nothing, and is to keep this share of its promises. */
  begin(share: number): LeadTimeModel;
}
