import { contractsOf } from './event';
import { amount, orderId, paymentMethod, sealed } from './parts';
import { object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'payment');

/** One way of paying for one order; an order may have several. */
export const payment = { orderId, paymentId: uuid('As in `OrderPlaced`.'), ...amount };
export const reference = optional(text('The provider’s own number of it; absent where no provider was asked.'));

/** What the sealed `details` of an action of the customer hold once opened. */
export interface ActionDetails {
  readonly url?: string;
  readonly reference?: string;
}

const action = object({
  kind: word(['redirect', 'transfer', 'approve-in-app'], 'show the customer what stands here'),
  details: optional(
    object(
      sealed.shape,
      'Where the customer goes (`url`) and what they have to name (`reference`): sealed, because whoever has it can act in their place. It is erased with the customer.',
    ),
  ),
});

export const PaymentPending = event(
  'PaymentPending',
  'The customer has to act (3-D Secure, UPI, bank transfer, pay by link) before the money is promised. It ends in `PaymentAuthorized` or `PaymentDeclined`.',
  object({
    ...payment,
    authorizationId: uuid(),
    reference,
    method: paymentMethod,
    action,
    expiresAt: time('It is declined then, if nothing was heard.'),
    pendingAt: time(),
  }),
);

export const PaymentReminderDue = event(
  'PaymentReminderDue',
  'The customer has not acted yet, and part of the time for it is over: to be reminded, once. Its provider was asked before, and knew of no payment.',
  object({
    ...payment,
    authorizationId: uuid('As in `PaymentPending`.'),
    method: paymentMethod,
    action,
    expiresAt: time('It is declined then, if nothing was heard.'),
    remindedAt: time(),
  }),
);
