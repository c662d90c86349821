/** A place where rows that must say one thing say two. */
export interface Drift {
  /**
   * `location-and-movements`, `network-and-movements`, `network-and-locations`, `network-and-claims`: the two do not add up. `queue`: an order
   * waits for what is there and its channel may sell. `supply`: what is on order, or the claims on it, are not what the documents and the orders
   * say. `movement-and-log`: the ledger moved what the log does not say, or the other way round. `announced`: others were told another number than can be
   * promised. `transfers`: what left for another location is neither there, nor lost, nor on its way. `backorders`: an order waits without a date for
   * what is expected and nobody has a claim on.
   */
  readonly drift: string;
  readonly sku: string;
  readonly location: string | null;
  /** For a person: what the one says, and what the other. */
  readonly detail: string;
  /** The movement, or the claims, behind it, where they can be named. */
  readonly behind: readonly DriftCause[];
}

export interface DriftCause {
  /** The order, the cart or the document. */
  readonly reference: string | null;
  readonly eventId: string | null;
  readonly at: string | null;
  readonly detail: string;
}

/** As of one instant; no drift is the rule. */
export interface Verified {
  readonly asOf: string;
  /** How many rows were recounted, of the network and of its locations: no drift among none shows nothing. */
  readonly checked: number;
  /** The first of them, by SKU. */
  readonly drifts: readonly Drift[];
}

/** Recounts everything: every row of stock is the sum of its movements, of its locations and of the claims of orders. */
export interface Verification {
  /** Of one SKU, or of all. */
  readonly verify: (sku?: string) => Promise<Verified>;
}
