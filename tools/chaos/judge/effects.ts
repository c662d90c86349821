import type { Looked } from './check';
import type { Message } from './messages';

type Data = Message['data'];

const textIn = (data: Data, field: string): string => (typeof data[field] === 'string' ? data[field] : '');

/** What may happen once only, and what it is once for. */
interface Effect {
  readonly what: string;
  readonly type: string;
  readonly keyOf: (data: Data) => readonly string[];
}

const parcelsIn = (data: Data): readonly Data[] => (Array.isArray(data['parcels']) ? (data['parcels'] as readonly Data[]) : []);

const once: readonly Effect[] = [
  { what: 'authorisation', type: 'PaymentAuthorized', keyOf: (data) => [textIn(data, 'authorizationId')] },
  { what: 'capture', type: 'PaymentCaptured', keyOf: (data) => [textIn(data, 'captureId')] },
  {
    what: 'capture of a shipment',
    type: 'PaymentCaptured',
    keyOf: (data) => {
      const shipmentId = textIn(data, 'shipmentId');
      return shipmentId === '' ? [] : [`${textIn(data, 'orderId')} ${shipmentId} ${textIn(data, 'balanceId')}`.trim()];
    },
  },
  { what: 'label', type: 'LabelPurchased', keyOf: (data) => [textIn(data, 'labelId')] },
  {
    what: 'tracking number',
    type: 'LabelPurchased',
    keyOf: (data) => parcelsIn(data).map((parcel) => textIn(parcel, 'trackingNumber')),
  },
  { what: 'issue of a shipment', type: 'StockIssued', keyOf: (data) => [textIn(data, 'shipmentId')] },
  {
    what: 'refund',
    type: 'RefundIssued',
    keyOf: (data) => [`${textIn(data, 'refundId')} ${textIn(data, 'tender')} ${textIn(data, 'balanceId')}`.trim()],
  },
];

/** How often each thing of this kind happened. */
const countsOf = (messages: readonly Message[], { type, keyOf }: Effect): ReadonlyMap<string, number> => {
  const counted = new Map<string, number>();
  for (const message of messages)
    if (message.type === type) for (const key of keyOf(message.data)) counted.set(key, (counted.get(key) ?? 0) + 1);
  return counted;
};

const repeatsOf = (messages: readonly Message[], effect: Effect): readonly string[] =>
  [...countsOf(messages, effect)].filter(([, count]) => count > 1).map(([key, count]) => `${effect.what} ${key} happened ${count} times`);

/** By what each is of: how many of a kind there are, less those that were taken back. */
const balanceOf = (messages: readonly Message[], field: string, weights: Readonly<Record<string, number>>): ReadonlyMap<string, number> => {
  const balance = new Map<string, number>();
  for (const { type, data } of messages) {
    const weight = weights[type];
    if (weight !== undefined) balance.set(textIn(data, field), (balance.get(textIn(data, field)) ?? 0) + weight);
  }
  return balance;
};

/** A promise of money that is asked for again: the one before ended, or what is owed is another sum. */
const authorisations = { PaymentAuthorized: 1, AuthorizationExpired: -1, PaymentVoided: -1, AmountDueChanged: -1 };

const tooMany = (what: string, balance: ReadonlyMap<string, number>): readonly string[] =>
  [...balance].filter(([, count]) => count > 1).map(([key, count]) => `${what} ${key} has ${count} at once`);

/** A label that was bought and is not used any more was taken back before the next one was bought. */
const labelsAtOnce = (messages: readonly Message[]): ReadonlyMap<string, number> => {
  const bought = new Set(messages.filter(({ type }) => type === 'LabelPurchased').map(({ data }) => textIn(data, 'labelId')));
  return balanceOf(
    messages.filter(({ type, data }) => type !== 'LabelVoided' || bought.has(textIn(data, 'labelId'))),
    'shipmentId',
    { LabelPurchased: 1, LabelVoided: -1 },
  );
};

/** Whatever happened more than once in the world, or to its books, a line each; of how many effects, and of which kind there was none. */
export const repeatedEffects = (messages: readonly Message[]): Looked => ({
  of: once.reduce((sum, effect) => sum + countsOf(messages, effect).size, 0),
  without: once.filter((effect) => countsOf(messages, effect).size === 0).map(({ what }) => what),
  breaches: [
    ...once.flatMap((effect) => repeatsOf(messages, effect)),
    ...tooMany('authorisations: order', balanceOf(messages, 'orderId', authorisations)),
    ...tooMany('labels: shipment', labelsAtOnce(messages)),
  ],
});
