import type { ChannelOrderState } from '../../../app/channels/connector';
import { JsonReading, type Fields } from '../json-reading';

const reading = new JsonReading();

/** Fulfilments that came to nothing. */
const failed: ReadonlySet<unknown> = new Set(['cancelled', 'error', 'failure']);

/** Units of each line that a shop says were sent, by whomever. */
export const unitsSentIn = (order: Fields): ReadonlyMap<string, number> => {
  const sent = new Map<string, number>();
  const fulfilments = reading.list(order, 'fulfillments').filter(({ status }) => !failed.has(status));
  for (const line of fulfilments.flatMap((fulfilment) => reading.list(fulfilment, 'line_items'))) {
    const id = reading.optionalText(line, 'id') ?? '';
    sent.set(id, (sent.get(id) ?? 0) + (reading.number(line, 'quantity') ?? 0));
  }
  return sent;
};

/** How much of what goes in parcels was sent, of so many units of each line; what a shop hands over by itself, such as a gift card, counts only where it is all. */
export const sentIn = (order: Fields, sold: readonly number[]): ChannelOrderState['sent'] => {
  if (order['fulfillment_status'] === 'fulfilled') return 'whole';
  const sent = unitsSentIn(order);
  const parcels = reading.list(order, 'line_items').flatMap((line, i) => {
    const units = sold[i] ?? 0;
    return line['requires_shipping'] === false || units === 0
      ? []
      : [{ units, sent: sent.get(reading.optionalText(line, 'id') ?? '') ?? 0 }];
  });
  if (parcels.every((line) => line.sent === 0)) return undefined;
  return parcels.every((line) => line.sent >= line.units) ? 'whole' : 'part';
};
