import { count, country, currency, integer, list, money, object, optional, text, time, uuid, word, type Static } from './schema';

const customsDocuments = ['cn22', 'cn23', 'commercial-invoice'] as const;

/** What customs are told of a shipment that crosses a border. */
export const customsDeclaration = object({
  from: text('Customs territory: a country, or a part of one with borders of its own, such as `XI` or `IC`.'),
  to: text('Customs territory.'),
  currency: currency(),
  goods: optional(word(['returned'], 'treat as a sale', '`returned`: they come back after they were sold. Absent: a sale.')),
  exported: optional(
    list(
      object({
        shipmentId: uuid(),
        parcelId: text(),
        trackingNumber: text(),
        document: word(customsDocuments, 'treat as `commercial-invoice`'),
        declaredAt: time(),
      }),
      'Of returned goods: the parcels that they left in, as they were declared then.',
    ),
  ),
  parcels: list(
    object({
      parcelId: text(),
      document: word(customsDocuments, 'treat as `commercial-invoice`', 'The paper that goes with it.'),
      weightGrams: integer('Gross.'),
      value: money('Of what is in it, minor units.'),
      lines: list(
        object({
          lineId: text(),
          sku: text(),
          description: text(),
          hsCode: text('Harmonised System, 6 to 12 digits.'),
          originCountry: country(),
          quantity: count(),
          weightGrams: integer('Net, of all units.'),
          value: money('Of all units, without tax, minor units.'),
        }),
      ),
    }),
  ),
});
export type CustomsDeclaration = Static<typeof customsDeclaration>;
