/** What events speak of beside orders: of a list any one is enough, each list that is given has to hold, and what is left out is no condition. */
export interface About {
  /** The key or the subject under which they were published: a shipment, a return, a gift card, `item/MUG`. */
  readonly keys?: readonly string[];
  readonly skus?: readonly string[];
  readonly locations?: readonly string[];
  readonly payments?: readonly string[];
  readonly customers?: readonly string[];
}
