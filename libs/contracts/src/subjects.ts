import { Topics, type Topic } from './topics';

/** That a service has forgotten somebody: told by each, of the same request. */
const erased = 'erased/<erasureId>';

/**
 * What the events of each topic are about. The name is the category of the stream in which they are counted, the text is how the subject reads.
 * The topic's own aggregate comes first and has its id alone; all others have their kind before it, so that two different things never share a
 * subject, though both are called `MUG`.
 */
export const subjects = {
  [Topics.order]: { order: '<orderId>', policy: 'policy/<code>', calendar: 'calendar/<code>', erasure: 'erasure/<erasureId>', erased },
  [Topics.inventory]: {
    reservation: '<orderId>',
    stock: 'stock/<location>/<sku>',
    availability: 'availability/<sku>',
    item: 'item/<sku>',
    prices: 'prices/<list>',
    location: 'location/<location>',
    channel: 'channel/<channel>[/<sku>]',
    cart: 'cart/<reservationId>',
    alert: 'alert/<alertId>',
    demand: 'demand/<location>',
    erased,
    purchase: 'purchase/<reference>',
    transfer: 'transfer/<reference>',
    valuation: 'valuation/<movementId>',
  },
  [Topics.payment]: {
    payment: '<orderId>',
    invoice: 'invoice/<documentId>',
    settlement: 'settlement/<orderId>',
    chargeback: 'chargeback/<chargebackId>',
    balance: 'balance/<balanceId>',
    rules: 'rules/<rulesId>',
    erased,
    carrierclaim: 'carrierclaim/<claimId>',
  },
  [Topics.fulfillment]: { fulfillment: '<fulfillmentId>', brokering: 'brokering/<orderId>', rules: 'rules/<rulesId>', erased },
  [Topics.shipping]: {
    shipment: '<shipmentId>',
    manifest: 'manifest/<manifestId>',
    pickup: 'pickup/<pickupId>',
    bins: 'bins/<location>',
    claim: 'claim/<claimId>',
    statement: 'statement/<statementId>',
    dropship: 'dropship/<supplierOrderId>',
    rules: 'rules/<rulesId>',
    erased,
    wayback: 'wayback/<returnId>',
    carrierbill: 'carrierbill/<billId>',
  },
  [Topics.returns]: { return: '<orderId>', receipt: 'receipt/<receiptId>', rules: 'rules/<rulesId>', erased },
  [Topics.notification]: { notices: '<orderId>', template: 'template/<template>', erased },
} as const satisfies Readonly<Record<Topic, Readonly<Record<string, string>>>>;

/** The kinds of thing that events of a topic are about. */
export type SubjectKind<Of extends Topic> = keyof (typeof subjects)[Of] & string;

const own: ReadonlyMap<Topic, string> = new Map(Object.values(Topics).map((topic) => [topic, Object.keys(subjects[topic])[0] ?? '']));

/** The topic’s own aggregate. */
export const ownKind = (topic: Topic): string => own.get(topic) ?? '';

/** The subject of what a stream tells on a topic: different streams have different ones. */
export const subjectOf = (topic: Topic, stream: string): string => {
  const dash = stream.indexOf('-');
  const [kind, id] = [stream.slice(0, dash), stream.slice(dash + 1)];
  return kind === ownKind(topic) ? id : `${kind}/${id}`;
};
