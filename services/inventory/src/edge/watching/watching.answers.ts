import { integer, nullable, object, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownAlert, Suggestion } from '../../app/watching/watching';

export interface ShownPoint {
  readonly sku: string;
  readonly location: string;
  readonly reorderPoint: number | null;
  readonly orderUpTo: number | null;
}

export const reorderPoint = answerOf<ShownPoint>()(
  'ReorderPoint',
  object({
    sku: text(),
    location: text('Location code.'),
    reorderPoint: nullable(integer('At so many units there and on order, or fewer, more is to be ordered; null: not watched.')),
    orderUpTo: nullable(integer('Units that should be there, with what is on order.')),
  }),
);

export interface ShownThreshold {
  readonly sku: string;
  readonly channel: string | null;
  readonly atpBelow: number | null;
}

export const alertThreshold = answerOf<ShownThreshold>()(
  'AlertThreshold',
  object({
    sku: text(),
    channel: nullable(text('Null: over the network.')),
    atpBelow: nullable(integer('Fewer units that can be promised raise an alert; null: none is raised.')),
  }),
);

export const alertPage = pageAnswer(
  answerOf<ShownAlert>()(
    'StockAlert',
    object({
      alertId: uuid(),
      kind: text('`low`, `negative`, `reorder`, `drift`.'),
      sku: text(),
      channel: nullable(text('Null: none in particular.')),
      location: nullable(text('Location code; null: the network.')),
      value: integer(
        'When it was raised: units that can be promised; of `reorder` those there and on order; of `drift` by how many the other system differs.',
      ),
      threshold: integer('Units that would have been enough; of `drift` by so many it may differ.'),
      raisedAt: time(),
      endedAt: nullable(time('Null: it stands.')),
    }),
  ),
);

export const suggestionPage = pageAnswer(
  answerOf<Suggestion>()(
    'ReorderSuggestion',
    object({
      sku: text(),
      location: text('Location code.'),
      reorderPoint: integer('Units.'),
      orderUpTo: integer('Units.'),
      available: integer('Units there that nobody has a claim on.'),
      onOrder: integer('Units on order for it that are not overdue.'),
      suggested: integer('Units to order.'),
    }),
  ),
);
