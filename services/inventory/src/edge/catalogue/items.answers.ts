import { barcodes, count, country, integer, list, object, optional, text, truth } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedItem } from '../../app/catalogue/items';
import type { Item } from '../../domain/catalogue/item';

const described = object({
  sku: text(),
  title: text(),
  status: text('`active`; `discontinued`: what is there is sold, and no more comes; `blocked`: not to be sold.'),
  category: optional(text()),
  weightGrams: optional(integer('Of one unit with its own packing.')),
  dimensions: optional(object({ lengthMm: count(), widthMm: count(), heightMm: count() })),
  fragile: optional(truth('It stays upright, nothing stands on it, and its box is padded.')),
  ownPacking: optional(truth('It is sent as it is, in its own packing.')),
  hazardCode: optional(text('UN number.')),
  customs: optional(object({ hsCode: text(), originCountry: country() })),
  returnable: truth(),
  counted: optional(truth('Whether units are counted where it is delivered digitally.')),
  kit: optional(
    list(
      object({
        sku: text(),
        quantity: count('Units in one kit.'),
        share: integer('Weight of these units in the price of the kit.'),
      }),
    ),
  ),
  substitutionGroup: optional(text()),
  barcodes: optional(barcodes),
  revision: integer('Grows with every change; also in `ETag`.'),
});

export const item = answerOf<Item>()('Item', described);

const scanned = object(
  { code: text('The code that was scanned, as it is described.'), units: count('Units of the item that it stands for.') },
  'Where a barcode was asked for.',
);
const listed = answerOf<ListedItem>()('ListedItem', object({ ...described.shape, scanned: optional(scanned) }));
export const itemPage = pageAnswer(listed);
