import { contractsOf } from './event';
import { amount, lineQuantity, orderId } from './parts';
import { count, list, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order, 'order');

export const ChannelRefunded = event(
  'ChannelRefunded',
  'The channel that took the money gave some of it back: because it was asked to, or of its own accord. Payment books it against what is to go back, and what is beyond that for itself; returns decides what it means for units that come back.',
  object({
    orderId,
    channel: text(),
    channelRefundId: text('The channel’s own number of it; of what it was asked for, ours.'),
    refundId: uuid('Of the refund that it makes, where nothing had asked for it.'),
    ...amount,
    lines: list(
      object({
        ...lineQuantity.shape,
        goods: word(
          ['cancelled', 'returned', 'kept'],
          'treat as `kept`',
          'What becomes of the units: they will not ship, they come back, the customer keeps them.',
        ),
      }),
      'For which units; empty: for none in particular.',
    ),
    returnId: optional(uuid('The return that it is for, where the channel says so.')),
    asked: optional(truth('It was asked to.')),
    refundedAt: time('By the channel’s clock.'),
    recordedAt: time(),
  }),
);

export const ChannelReturnOpened = event(
  'ChannelReturnOpened',
  'A customer wants to send something back, and asked the channel; or the channel has allowed it already. Said again once it allows what was only asked for.',
  object({
    orderId,
    channel: text(),
    channelReturnId: text('The channel’s own number of it.'),
    returnId: uuid('Ours, which follows from the channel’s.'),
    standing: word(
      ['requested', 'approved'],
      'treat as `requested`',
      'The policy decides about what is requested; what is approved may come, whatever the policy says.',
    ),
    lines: list(object({ lineId: text(), sku: text(), quantity: count(), reason: text('The channel’s reason code; an open vocabulary.') })),
    openedAt: time('By the channel’s clock.'),
    recordedAt: time(),
  }),
);

export const ChannelReturnEnded = event(
  'ChannelReturnEnded',
  'The channel waits for nothing more of a return: what has come is settled here, and nothing more is waited for.',
  object({
    orderId,
    channel: text(),
    channelReturnId: text(),
    returnId: uuid(),
    how: word(
      ['closed', 'cancelled', 'declined'],
      'treat as `closed`',
      'It is done, the customer keeps it, the channel does not allow it.',
    ),
    endedAt: time('By the channel’s clock.'),
    recordedAt: time(),
  }),
);
