import { disposition, integer, list, nullable, object, oneOf, optional, reason, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownGoods } from '../app/unknown-goods';
import type { UnknownGoodsRow } from '../app/unknown-goods-list';
import { unknownGoodsStatuses } from '../domain/unknown-goods/unknown-goods';

const status = oneOf(unknownGoodsStatuses);
const items = list(object({ sku: optional(text('As far as it can be guessed.')), quantity: integer('Units.') }));

export const shownGoodsAnswer = answerOf<ShownGoods>()(
  'UnknownGoods',
  object({
    receiptId: uuid(),
    status,
    location: text('Location code.'),
    items,
    photos: list(text(), 'URLs.'),
    carrier: optional(text()),
    trackingNumber: optional(text()),
    label: optional(text('What stands on the label; absent once it was erased.')),
    receivedAt: time(),
    settleBy: time('Somebody should know by then what they are.'),
    orderId: optional(uuid('The order that they turned out to be of.')),
    disposition: optional(disposition),
    reason: optional(reason),
    version: integer('Events of this receipt so far; also in `ETag`.'),
  }),
);

const listed = answerOf<UnknownGoodsRow>()(
  'ListedUnknownGoods',
  object({
    receiptId: uuid(),
    status,
    location: text('Location code.'),
    items,
    trackingNumber: nullable(text()),
    receivedAt: time(),
    settleBy: time(),
    orderId: nullable(uuid()),
  }),
);
export const unknownGoodsPage = pageAnswer(listed);
