import { dayOf, inDimension, keyed, last, table, type Table } from './table';

export const factStockMovement = table({
  name: 'fact_stock_movement',
  about:
    'One row for each change of what is physically at a location: units came, left, were found or lost, set aside or sold off. Their sum is what is there.',
  key: ['event_id', 'position'],
  columns: {
    event_id: keyed('uuid', 'The event that told it.'),
    position: keyed('integer', 'Of the SKU in the event, from 0.'),
    kind: last(
      'text',
      'received, adjusted, transferred-out, transferred-in, transferred-lost, issued, restocked or disposed; each from the event of that name. Never null.',
    ),
    product_key: inDimension('dim_product', 'What moved. Never null.'),
    location_key: inDimension('dim_location', 'Where. Never null.'),
    units: last('bigint', 'Change of what can be sold there; below zero it left. Never null.'),
    set_aside_units: last('bigint', 'Change of what is there and not fit to be sold. Never null.'),
    order_id: last('uuid', 'The order that it is for. Source: StockIssued, StockRestocked. Null: for none.'),
    reason: last('text', 'Cause, disposition or outcome, as the event names it. Null: it has none.'),
    happened_at: last('timestamptz', 'UTC. Never null.'),
    happened_date_key: dayOf('happened_at', 'The UTC day of it, as in dim_date. Never null.'),
  },
  indexes: ['(product_key, happened_date_key)'],
});

export const factStockLevel = table({
  name: 'fact_stock_level',
  about: 'One row for each SKU at each location: what is there now, as the event with the highest revision says.',
  key: ['product_key', 'location_key'],
  newestBy: 'revision',
  columns: {
    product_key: inDimension('dim_product', 'What is there.', 'key'),
    location_key: inDimension('dim_location', 'Where.', 'key'),
    revision: last('bigint', 'Counts its changes. Never null.'),
    on_hand: last('bigint', 'Units that are there and can be sold. Never null.'),
    allocated: last('bigint', 'Units of them that are claimed by orders. Never null.'),
    safety_stock: last('bigint', 'Units of them that are held back. Never null.'),
    available: last('bigint', 'on_hand − allocated − safety_stock. Never null.'),
    changed_at: last('timestamptz', 'When it was recorded, UTC. Never null.'),
  },
  indexes: ['(location_key)'],
});

export const stockTables: readonly Table[] = [factStockMovement, factStockLevel];
