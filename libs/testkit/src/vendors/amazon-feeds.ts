import type { AmazonOrder } from './amazon-order';

const insides = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inside = '']) => inside);
const text = (xml: string, name: string): string => insides(xml, name)[0] ?? '';

const acknowledged = (message: string, order: AmazonOrder): string | undefined => {
  if (text(message, 'StatusCode') !== 'Failure' || order.cancellations > 0) return undefined;
  if (order.packages.size > 0 && [...order.packages.values()].some(({ items }) => items.length > 0)) return 'The order has been shipped.';
  order.cancellations += 1;
  return undefined;
};

const adjusted = (message: string, order: AmazonOrder): string | undefined => {
  const items = insides(message, 'AdjustedItem').map((item) => ({
    id: text(item, 'AmazonOrderItemCode'),
    units: Number(text(item, 'QuantityCancelled')),
    amounts: insides(item, 'Amount').map((amount) => Math.round(Number(amount) * 100)),
  }));
  const strange = items.find(({ id, units }) => !order.has(id) || units > order.left(id));
  if (strange) return `Item ${strange.id} cannot be adjusted so.`;
  for (const { id, units, amounts } of items) {
    if (units > 0) order.removed.set(id, (order.removed.get(id) ?? 0) + units);
    for (const amount of amounts) order.givenBack.push({ itemId: id, amount });
  }
  return undefined;
};

const result = (place: string, why: string): string =>
  `<Result><MessageID>${place}</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode><ResultDescription>${why}</ResultDescription></Result>`;

/** Does what an XML feed says, message by message, and answers with its processing report. */
export const processFeed = (document: string, orders: ReadonlyMap<string, AmazonOrder>): string => {
  const kind = text(document, 'MessageType');
  const results = insides(document, 'Message').flatMap((message) => {
    const [place, order] = [text(message, 'MessageID'), orders.get(text(message, 'AmazonOrderID'))];
    if (!order) return [result(place, 'There is no such order.')];
    const why = kind === 'OrderAcknowledgement' ? acknowledged(message, order) : adjusted(message, order);
    return why === undefined ? [] : [result(place, why)];
  });
  return `<?xml version="1.0"?><AmazonEnvelope><MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport><StatusCode>Complete</StatusCode>${results.join('')}</ProcessingReport></Message></AmazonEnvelope>`;
};
