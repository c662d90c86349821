import { barcodes } from './barcodes';
import { contractsOf } from './event';
import { kitPart } from './parts';
import { count, country, currency, integer, list, money, object, optional, text, time, truth, word } from './schema';
import { Topics } from './topics';

export const itemStatuses = ['active', 'discontinued', 'blocked'] as const;

export const ItemChanged = contractsOf(Topics.inventory, 'item')(
  'ItemChanged',
  'What is sold under a SKU was described, or described anew. Prices stand in price lists.',
  object({
    sku: text(),
    title: text(),
    status: word(itemStatuses, 'treat as `active`', '`discontinued`: what is there is sold, and no more comes; `blocked`: not to be sold.'),
    category: optional(text()),
    weightGrams: optional(integer('Of one unit with its own packing.')),
    dimensions: optional(object({ lengthMm: count(), widthMm: count(), heightMm: count() }, 'Of one unit with its own packing.')),
    fragile: optional(truth('It stays upright, nothing stands on it, and its box is padded; absent: it is not fragile.')),
    ownPacking: optional(truth('It is sent as it is, in its own packing; absent: it goes into a box.')),
    hazardCode: optional(text('Dangerous goods: UN number, such as `UN3480`.')),
    customs: optional(
      object({ hsCode: text('Harmonised System, 6 to 12 digits.'), originCountry: country() }, 'What a customs declaration says of it.'),
    ),
    returnable: truth('Whether it may be sent back because it does not please.'),
    counted: optional(truth('Whether units are counted where it is delivered digitally, such as licence keys; absent: they are not.')),
    kit: optional(list(kitPart, 'What a kit is made of; never a kit itself. Absent: it is no kit.')),
    substitutionGroup: optional(text('Items of one group can stand in for each other.')),
    barcodes: optional(barcodes),
    revision: integer('Grows with every change; readers keep the highest.'),
    changedAt: time(),
  }),
);

export const PriceListChanged = contractsOf(Topics.inventory, 'prices')(
  'PriceListChanged',
  'A price list was made or changed: these are all of its prices now, and those that it had before hold no more. Of several lists the nearest applies: for the channel, then for the country, then the newest.',
  object({
    list: text('Code; stable.'),
    currency: currency(),
    taxIncluded: truth('Whether its prices include tax.'),
    channel: optional(text('Only there; absent: on all channels.')),
    country: optional(text('ISO 3166-1 alpha-2: only for goods that go there; absent: everywhere.')),
    validFrom: time(),
    validTo: optional(time('From then on it holds no more; absent: for ever.')),
    prices: list(object({ sku: text(), unitPrice: money('Of one unit, minor units.') })),
    revision: integer('Grows with every change; readers keep the highest.'),
    changedAt: time(),
  }),
);
