import { contractsOf } from './event';
import { amount, orderId, paymentMethod, sealed } from './parts';
import { list, object, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment);

export const PayLinkOffered = event(
  'PayLinkOffered',
  'The customer is to be sent a link by which what is due of the order is paid.',
  object({
    ...{ orderId, linkId: uuid(), ...amount },
    link: object(
      sealed.shape,
      'What the customer opens, as `url`: sealed, because whoever has it can open it and pay. It is erased with the customer.',
    ),
    expiresAt: time('It cannot be opened any more then.'),
    offeredAt: time(),
  }),
);

export const PayLinkUsed = event(
  'PayLinkUsed',
  'Whoever has a link to what is due began to pay: a way of paying of the order like those that were given with it. What came to nothing is asked for no more.',
  object({
    ...{ orderId, paymentId: uuid('Of the way of paying that it adds.'), ...amount },
    linkId: uuid(),
    method: paymentMethod,
    replaces: list(uuid(), 'Payments that are asked for no more.'),
    usedAt: time(),
  }),
);
