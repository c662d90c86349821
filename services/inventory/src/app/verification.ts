/** A place where rows that must say one thing say two. */
export interface Drift {
  /**
   * `location-and-movements`, `network-and-movements`, `network-and-locations`, `network-and-claims`: the two do not add up. `queue`: an order
   * waits for what is there. `supply`: what is on order, or the claims on it, are not what the documents and the orders
   * say. `backorders`: an order waits without a date for what is expected and nobody has a claim on.
   */
  readonly drift: string;
  readonly sku: string;
  readonly location: string | null;
  /** For a person: what the one says, and what the other. */
  readonly detail: string;
}

/** As of one instant; no drift is the rule. */
export interface Verified {
  readonly asOf: string;
  /** The first of them, by SKU. */
  readonly drifts: readonly Drift[];
}

/** Recounts everything: every row of stock is the sum of its movements, of its locations and of the claims of orders. */
export interface Verification {
  readonly verify: () => Promise<Verified>;
}
