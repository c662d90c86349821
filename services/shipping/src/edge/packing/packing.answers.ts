import { count, currency, integer, list, money, object, optional, reason, text, truth, uuid } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { ShownPacking } from '../../app/packing';
import type { Box } from '../../domain/boxing/goods';

const edges = { lengthMm: integer(), widthMm: integer(), heightMm: integer() };
const cost = object({ currency: currency(), amount: money('Minor units.') });
const line = { lineId: text(), sku: text(), quantity: count() };

export interface ShownBoxes {
  readonly location?: string;
  readonly boxes: readonly Box[];
}

export const boxesAnswer = answerOf<ShownBoxes>()(
  'Boxes',
  object({
    location: optional(text('Location code; absent: of every location that has none of its own.')),
    boxes: list(
      object({
        code: text(),
        inner: object(edges, 'What goes into it.'),
        outer: object(edges, 'What a carrier measures.'),
        tareGrams: integer('Of the empty box.'),
        maxGrams: integer('With what is in it.'),
        padded: truth('What is fragile goes into no other.'),
        cost: optional(cost),
      }),
    ),
  }),
);

export const packingAnswer = answerOf<ShownPacking>()(
  'PackingSuggestion',
  object({
    shipmentId: uuid(),
    location: text('Location code.'),
    parcels: list(
      object({
        parcelId: text('Counted from `1`.'),
        box: optional(text('Code of the box; absent: it is sent in its own packing.')),
        reason,
        weightGrams: integer('With the box.'),
        lengthMm: optional(integer('On the outside.')),
        widthMm: optional(integer('On the outside.')),
        heightMm: optional(integer('On the outside.')),
        volumeUsed: integer('Percent of what goes into the box.'),
        cost: optional(cost),
        lines: list(object(line)),
        placed: list(
          object({
            lineId: text(),
            sku: text(),
            xMm: integer('Where its corner is, from the corner of the box.'),
            yMm: integer(),
            zMm: integer('Above the bottom.'),
            ...edges,
          }),
          'Which piece stands where, and how it is turned; of a kit, its parts.',
        ),
      }),
    ),
    unboxed: list(object({ ...line, reason }), 'What nothing is suggested for, and why.'),
    services: list(
      object({ carrier: text(), service: text(), reason: optional(reason) }),
      'Services that labels are bought of; with a reason, rules forbid it for this shipment. Where all have one, nobody may carry it.',
    ),
  }),
);
