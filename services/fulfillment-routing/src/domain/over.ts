import type { Brokering } from './state';

/** Whether routing has nothing to do about an order any more, as far as it knows; it may be asked again all the same. */
export const isOver = (brokering: Brokering): boolean =>
  brokering !== undefined &&
  brokering.unfilled.length === 0 &&
  brokering.held.length === 0 &&
  [...brokering.fulfillments.values()].every(
    ({ status, cancellations }) => status !== 'rejecting' && status !== 'cancelling' && cancellations.length === 0,
  );
