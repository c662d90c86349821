import { historyOf } from './history';
import { dimPolicy, dimPolicyHistory } from './policies';
import { inDimension, last, table, type Table } from './table';

/** A product is known from the first event that names its SKU; what it is called comes with `ItemChanged`. */
export const dimProduct = table({
  name: 'dim_product',
  about: 'What is sold: one row for each SKU that any event named, as it is described now.',
  key: ['product_key'],
  newestBy: 'revision',
  naming: (sku) => ({ sku }),
  columns: {
    product_key: inDimension('dim_product', 'Surrogate key: what facts have in product_key. The same after every rebuild.', 'key'),
    sku: last('text', 'Stock keeping unit, as channels and warehouses name it. Never null.'),
    title: last('text', 'What it is called. Source: ItemChanged. Null: nobody has described it.'),
    gtin: last(
      'text',
      'GTIN of one unit in 14 digits, zeros before a shorter one; the first where it has several. Source: ItemChanged. Null: one unit has none, or nobody has described it.',
    ),
    category: last('text', 'Source: ItemChanged. Null: it has none, or nobody has described it.'),
    status: last('text', 'active, discontinued or blocked. Source: ItemChanged. Null: nobody has described it.'),
    weight_grams: last('bigint', 'Of one unit with its own packing, grams. Source: ItemChanged. Null: not known.'),
    returnable: last('boolean', 'Whether it may come back because it does not please. Source: ItemChanged. Null: nobody has described it.'),
    revision: last('bigint', 'Counts the descriptions; the highest stands. Source: ItemChanged. Null: nobody has described it.'),
    changed_at: last('timestamptz', 'When it was described last, UTC. Source: ItemChanged. Null: nobody has described it.'),
  },
  indexes: ['(sku)'],
});

export const dimProductHistory = historyOf(dimProduct, 'What is sold, as it was described');

export const dimLocation = table({
  name: 'dim_location',
  about: 'Where goods are and leave from: one row for each location that any event named, as it is now.',
  key: ['location_key'],
  newestBy: 'revision',
  naming: (location) => ({ location }),
  columns: {
    location_key: inDimension('dim_location', 'Surrogate key: what facts have in location_key. The same after every rebuild.', 'key'),
    location: last('text', 'Code of the location. Never null.'),
    name: last('text', 'Source: LocationChanged. Null: nobody has described it.'),
    kind: last('text', 'warehouse, distribution-center, store or supplier. Source: LocationChanged. Null: nobody has described it.'),
    country: last('text', 'ISO 3166-1 alpha-2. Source: LocationChanged. Null: nobody has described it.'),
    time_zone: last('text', 'IANA name. Source: LocationChanged. Null: it has none.'),
    active: last('boolean', 'Whether it is open. Source: LocationChanged. Null: nobody has described it.'),
    revision: last('bigint', 'Counts the descriptions; the highest stands. Source: LocationChanged. Null: nobody has described it.'),
    changed_at: last('timestamptz', 'When it was described last, UTC. Source: LocationChanged. Null: nobody has described it.'),
  },
  indexes: ['(location)'],
});

export const dimLocationHistory = historyOf(dimLocation, 'Where goods are and leave from, as it was described');

export const dimChannel = table({
  name: 'dim_channel',
  about: 'Where things are sold: one row for each channel that any order named.',
  key: ['channel_key'],
  naming: (channel) => ({ channel }),
  columns: {
    channel_key: inDimension('dim_channel', 'Surrogate key: what facts have in channel_key. The same after every rebuild.', 'key'),
    channel: last('text', 'Code of the channel, such as web. Source: OrderPlaced, OrderImported. Never null.'),
  },
  indexes: ['(channel)'],
});

export const dimCustomer = table({
  name: 'dim_customer',
  about:
    'Who buys, under a pseudonym: one row for each customer id that orders named. Guests have no row. Nothing here, and nothing that this service keeps, says who it is.',
  key: ['customer_key'],
  naming: (pseudonym) => ({ pseudonym }),
  columns: {
    customer_key: inDimension('dim_customer', 'Surrogate key: what facts have in customer_key. The same after every rebuild.', 'key'),
    pseudonym: last(
      'text',
      'A keyed hash of the customer id; without the master key nobody can tell whose. Source: OrderPlaced, OrderImported. Never null.',
    ),
    erased_at: last('timestamptz', 'When the person asked to be forgotten, UTC. Source: PersonErasureRequested. Null: they have not.'),
  },
});

export const dimCarrierService = table({
  name: 'dim_carrier_service',
  about: 'By whom and how parcels go: one row for each delivery service of a carrier that any label named.',
  key: ['carrier_service_key'],
  naming: (natural) => {
    const [carrier = '', service = ''] = natural.split(carrierMark);
    return { carrier, service };
  },
  columns: {
    carrier_service_key: inDimension(
      'dim_carrier_service',
      'Surrogate key: what facts have in carrier_service_key. The same after every rebuild.',
      'key',
    ),
    carrier: last('text', 'Name of the carrier. Source: LabelPurchased. Never null.'),
    service: last('text', 'The delivery service, as the carrier names it. Source: LabelPurchased. Never null.'),
  },
});

/** Stands in no name of a carrier. */
const carrierMark = '\u001f';

/** What facts name a carrier's service by. */
export const carrierService = (carrier: string, service: string): string => `${carrier}${carrierMark}${service}`;

export const dimensions: readonly Table[] = [
  ...[dimProduct, dimProductHistory, dimLocation, dimLocationHistory, dimPolicy, dimPolicyHistory],
  ...[dimChannel, dimCustomer, dimCarrierService],
];
