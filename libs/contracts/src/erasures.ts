import { contractsOf, type EventOf } from './event';
import { integer, list, object, text, time, uuid } from './schema';
import { Topics, type Topic } from './topics';

export const PersonErasureRequested = contractsOf(Topics.order, 'erasure', 'subject')(
  'PersonErasureRequested',
  'A person is to be forgotten by everybody. The keys that seal what is personal are destroyed; every service forgets what it keeps under other names, and says so.',
  object({
    erasureId: uuid(),
    orders: list(uuid('Order id.'), 'All orders of the person.'),
    customers: list(text('Customer id.'), 'The ids under which the person bought; none for a guest.'),
    keys: list(text('As in `personal.key`.'), 'The data keys that are destroyed: no box of theirs can be opened by anybody again.'),
    requestedAt: time(),
    answerBy: time('Somebody looks for the services that have not answered by then.'),
  }),
);

const counted = object({ what: text('In words for people.'), count: integer() });
const kept = object({ what: text(), why: text('The rule by which it stays.') });
const recipient = object({ who: text('Such as a carrier, a payment provider or a channel.'), what: text('What they were sent.') });

const shape = {
  erasureId: uuid('As in `PersonErasureRequested`.'),
  forgotten: list(counted, 'What was deleted or made unreadable here.'),
  kept: list(kept, 'What stays, without a name to it.'),
  sentTo: list(recipient, 'Who else was sent something of the person, and has to be asked by whoever sent it.'),
  erasedAt: time(),
} as const;

const erasedFrom = <Type extends string>(topic: Topic, type: Type, service: string) =>
  contractsOf(topic, 'erased', 'subject')(type, `The ${service} service has forgotten a person, as it was asked to.`, object(shape));

/** By which event each service answers, and on which topic. */
export const erasureAnswers = [
  erasedFrom(Topics.order, 'PersonErasedFromOrders', 'order'),
  erasedFrom(Topics.inventory, 'PersonErasedFromInventory', 'inventory'),
  erasedFrom(Topics.payment, 'PersonErasedFromPayments', 'payment'),
  erasedFrom(Topics.fulfillment, 'PersonErasedFromFulfillment', 'routing'),
  erasedFrom(Topics.shipping, 'PersonErasedFromShipping', 'shipping'),
  erasedFrom(Topics.returns, 'PersonErasedFromReturns', 'returns'),
  erasedFrom(Topics.notification, 'PersonErasedFromNotifications', 'notifications'),
] as const;

/** Published about people by whichever service, and understood alike by all. */
export const erasureEvents = [PersonErasureRequested, ...erasureAnswers] as const;

export type ErasureRequest = EventOf<typeof PersonErasureRequested>['data'];
/** What one service says that it has forgotten, whichever it is. */
export type PersonErased = EventOf<(typeof erasureAnswers)[0]>['data'];
export type ErasureEvent = EventOf<(typeof erasureEvents)[number]>;
