/** What a kind of message is to the customer, and how soon it goes out. */
export interface KindOfMessage {
  /** For people: when it is sent. */
  readonly about: string;
  /** Goes out at any hour: it answers what the customer just did, or something has to be done soon. */
  readonly urgent: boolean;
  /** The customer may do without it. What the law has a seller tell, and what somebody must act upon, is not. */
  readonly optional: boolean;
  /** Worth nothing once its time is over, or its order is cancelled. */
  readonly timely?: boolean;
  /** So long, in seconds, it waits for others of its kind about the same order, to be one message with them. */
  readonly gatherSeconds: number;
}

const MINUTE = 60;
const necessary = { urgent: false, optional: false, gatherSeconds: MINUTE };
const pressing = { ...necessary, urgent: true };
const courtesy = { ...necessary, optional: true };

const table = {
  'order-confirmation': { ...pressing, gatherSeconds: 0, about: 'An order was accepted.' },
  'order-edited': { ...necessary, about: 'An order is another one now.' },
  'order-cancelled': { ...necessary, about: 'Units of an order, or all of it, will not ship.' },
  'cancellation-refused': { ...pressing, about: 'Units were to be cancelled, too late.' },
  'stock-short': { ...pressing, about: 'Lines of an order are not in stock: the customer may choose.' },
  backorder: { ...necessary, about: 'Units that are not in stock will come by a date.' },
  'promise-moved': { ...necessary, about: 'A promised day has moved.' },
  delayed: { ...necessary, about: 'A promised day has passed.' },
  'payment-declined': { ...pressing, about: 'A payment was declined: another way to pay is needed.' },
  'payment-action': { ...pressing, gatherSeconds: 0, timely: true, about: 'The customer has to act before a payment is made.' },
  'payment-reminder': {
    ...{ ...pressing, gatherSeconds: 0, timely: true },
    about: 'Part of the time in which the customer has to act before a payment is made is over.',
  },
  'pay-link': { ...pressing, gatherSeconds: 0, timely: true, about: 'The customer is sent a link by which what is due is paid.' },
  'digital-delivery': { ...pressing, gatherSeconds: 0, about: 'Digital goods: the link or key by which the customer gets them.' },
  'ready-for-pickup': { ...pressing, gatherSeconds: 0, timely: true, about: 'Goods wait to be fetched: where, until when, and the code.' },
  'pickup-reminder': { ...pressing, gatherSeconds: 0, timely: true, about: 'Goods are not fetched yet, and not kept for long any more.' },
  'pickup-expired': { ...necessary, about: 'Goods were not fetched in time: they are cancelled.' },
  collected: { ...necessary, about: 'Somebody fetched goods.' },
  dispatched: { ...necessary, about: 'Parcels were handed to a carrier.' },
  'out-for-delivery': { ...courtesy, urgent: true, about: 'A parcel arrives today.' },
  delivered: { ...courtesy, about: 'Parcels arrived.' },
  'delivery-failed': { ...pressing, about: 'The carrier met nobody.' },
  'delivery-problem': { ...necessary, about: 'A parcel is damaged, lost, held, or comes back.' },
  'refund-issued': { ...necessary, about: 'Money went back.' },
  'return-authorized': { ...pressing, gatherSeconds: 0, about: 'Goods may be sent back.' },
  'return-label': { ...pressing, gatherSeconds: 0, about: 'A label for the way back, or a code for one, is there.' },
  'return-declined': { ...necessary, about: 'Goods may not be sent back.' },
  'return-expiring': { ...pressing, about: 'The time in which goods may be sent back is nearly over.' },
  'return-expired': { ...necessary, about: 'Goods that might have been sent back did not come in time.' },
  'return-received': { ...courtesy, about: 'Goods that were sent back arrived.' },
  'return-closed': { ...courtesy, about: 'A return is settled.' },
  'review-request': { ...courtesy, gatherSeconds: 0, about: 'Some days after everything was delivered.' },
} as const satisfies Readonly<Record<string, KindOfMessage>>;

export type MessageKind = keyof typeof table;
export const messageKinds = Object.keys(table) as readonly MessageKind[];
export const kindOf = (kind: MessageKind): KindOfMessage => table[kind];
export const isMessageKind = (kind: string): kind is MessageKind => Object.hasOwn(table, kind);

/** How a customer is told: a mail, or a few lines of text that another system sends on (SMS, a messenger, a push). */
export const media = ['email', 'text'] as const;
export type Medium = (typeof media)[number];
