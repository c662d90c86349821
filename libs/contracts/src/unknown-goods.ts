import { contractsOf } from './event';
import { disposition, orderId, reason } from './parts';
import { count, list, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.returns, 'receipt', 'subject');
const receipt = { receiptId: uuid() };

export const UnknownGoodsReceived = event(
  'UnknownGoodsReceived',
  'Goods are at a dock that name no order. They are in no books yet.',
  object({
    ...receipt,
    location: text('Location code.'),
    items: list(object({ sku: optional(text('As far as it can be guessed.')), quantity: count() })),
    carrier: optional(text()),
    trackingNumber: optional(text()),
    photos: list(text(), 'URLs of pictures; nothing of them is kept here.'),
    settleBy: time('Somebody should know by then what they are.'),
    receivedAt: time(),
  }),
);

export const UnknownGoodsOverdue = event(
  'UnknownGoodsOverdue',
  'Goods that name no order have lain at a dock too long: somebody has to look.',
  object({ ...receipt, location: text('Location code.'), settleBy: time(), noticedAt: time() }),
);

export const UnknownGoodsMatched = event(
  'UnknownGoodsMatched',
  'It is known of which order they are: they are received as a return of it (`ReturnReceived` follows), where they are.',
  object({
    ...receipt,
    orderId,
    location: text('Location code.'),
    lines: list(object({ sku: text(), quantity: count() }), 'What they really are.'),
    reason,
    matchedAt: time(),
  }),
);

export const UnknownGoodsDisposed = event(
  'UnknownGoodsDisposed',
  'Nobody found out of which order they are: they are given up. They never were in any books.',
  object({ ...receipt, location: text('Location code.'), disposition, reason, disposedAt: time() }),
);
