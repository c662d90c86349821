import { kitParts, lineQuantity, orderId, reason } from './parts';
import { list, named, object, optional, text, time, uuid, word, type Static } from './schema';
import { unitCost } from './supplier-orders';

/* What whoever fulfils for us is told, whichever way: no event, for it holds what is personal in clear. */

export const partnerMessageTypes = [
  'fulfilment.request',
  'fulfilment.change',
  'fulfilment.hold',
  'fulfilment.release',
  'fulfilment.cancel',
  'fulfilment.label',
  'fulfilment.status',
] as const;

const line = object({
  lineId: text('Answers name the line by it.'),
  sku: text(),
  title: optional(text('As sold.')),
  quantity: lineQuantity.shape.quantity,
  parts: optional(kitParts),
  attributes: optional(named(text(), 'Customisation, such as an engraving or a gift text: free names and values.')),
  instructions: optional(text('For whoever packs it.')),
  unitCost: optional(unitCost),
});

const recipient = object(
  {
    name: text(),
    email: optional(text()),
    phone: optional(text()),
    address: optional(
      object(
        {
          lines: list(text()),
          city: text(),
          region: optional(text()),
          postalCode: optional(text()),
          country: text('ISO 3166-1 alpha-2.'),
        },
        'Absent where the customer fetches it.',
      ),
    ),
  },
  'Whom it goes to: personal, and to be kept no longer than it is needed.',
);

const request = object({
  lines: list(line),
  recipient,
  method: text('`ship`, `pickup` or `ship-to-store`.'),
  service: optional(text('The delivery service that was sold, such as `next-day`.')),
  priority: text('`standard` or `expedited`.'),
  shipBy: optional(time('To be handed over until then.')),
  instructions: optional(text('For the whole order.')),
  groupInstructions: optional(text('For this shipment.')),
  supplierOrder: optional(text('Of what is ordered of a supplier: our number of it, which stands on what it bills.')),
  packingSlip: optional(
    object(
      { sender: text('Whom it comes from, for the customer.'), text: optional(text('What it says beside the lines.')) },
      'What the supplier’s packing slip says.',
    ),
  ),
  labels: word(
    ['ours', 'own'],
    'ask us',
    '`ours`: we send the labels once it is packed; `own`: its parcels go with a carrier of the partner.',
  ),
});

export const partnerMessage = object({
  type: word(partnerMessageTypes, 'answer it with a refusal', 'What it asks for.'),
  messageId: uuid('The same however often it is told.'),
  partner: text('Who is told.'),
  reference: uuid('Ours, of the shipment: every answer names it.'),
  orderId,
  location: text('Location code: where the goods are.'),
  request: optional(request),
  reason: optional(reason),
  holdId: optional(uuid('Of what is held, or goes on.')),
  label: optional(
    object({
      carrier: text(),
      service: text(),
      parcels: list(object({ parcelId: text(), trackingNumber: text() })),
      pdf: text('base64: a page of 4 × 6 inches for each parcel.'),
    }),
  ),
});
export type PartnerMessage = Static<typeof partnerMessage>;
export type PartnerRequest = Static<typeof request>;

/** The published schema of it (JSON Schema 2020-12). */
export const partnerMessageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:cartage:partner-message:1',
  title: 'PartnerMessage',
  ...partnerMessage.json,
  description:
    'What whoever fulfils for us is told. `fulfilment.request` and `fulfilment.change` carry `request`, which holds as it stands now; `fulfilment.hold` and `fulfilment.cancel` a `reason`; `fulfilment.label` a `label`; `fulfilment.status` asks what became of it.',
};
