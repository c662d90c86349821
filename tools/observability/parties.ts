import { most, type Row } from './dashboard';

export const channels: Row = {
  title: 'Channels',
  panels: [
    {
      title: 'Not told yet',
      about: 'What channels are still to be told of their orders and stock, and what they refused: GET /channels/<channel>/updates.',
      unit: 'none',
      queries: [most('channel, state', 'cartage_channel_updates')],
    },
    {
      title: 'Oldest that a channel was not told',
      about: 'A channel that is not told sells what is gone. The alert CartageChannelUntold is at 15 minutes.',
      unit: 's',
      queries: [most('channel', 'cartage_channel_updates_waiting_seconds')],
    },
    {
      title: 'Differences with channels',
      about: 'What channels say otherwise of orders than is known here: GET /channels/<channel>/differences?status=open.',
      unit: 'none',
      queries: [most('channel, kind', 'cartage_channel_differences')],
    },
    {
      title: 'Oldest refunds of a channel that do not add up',
      about:
        'Its books may be some days late. The alert CartageChannelRefundsDiffer is at 4 days: GET /channels/<channel>/differences?kind=refunded.',
      unit: 's',
      queries: [most('channel', 'cartage_channel_refunds_differing_seconds')],
    },
    {
      title: 'Stock that channels offer otherwise',
      about: 'SKUs of which a channel offers another number than was published for it: GET /channels/stock-differences.',
      unit: 'none',
      queries: [most('channel, cause', 'cartage_channel_stock_differences')],
    },
  ],
};

export const shipping: Row = {
  title: 'Carriers and partners',
  panels: [
    {
      title: 'Shipments by state',
      about: 'Shipments that have not arrived.',
      unit: 'none',
      queries: [{ expr: 'sum by (state) (max by (carrier, state) (cartage_shipments))', legend: '{{state}}' }],
    },
    {
      title: 'Oldest shipment in each state',
      about: 'How long ago the oldest shipment of each state could be packed.',
      unit: 's',
      queries: [most('state', 'cartage_shipments_oldest_seconds')],
    },
    {
      title: 'On the way, by carrier',
      about: 'Shipments that a carrier has and has not brought.',
      unit: 'none',
      queries: [
        {
          expr: 'sum by (carrier) (max by (carrier, state) (cartage_shipments{state=~"dispatched|in-transit|out-for-delivery|attempt-failed|exception|returning"}))',
          legend: '{{carrier}}',
        },
      ],
    },
    {
      title: 'In trouble, by carrier',
      about: 'Labels that a carrier refused or is late with, attempts that failed, exceptions, and parcels on their way back.',
      unit: 'none',
      queries: [most('carrier, state', 'cartage_shipments{state=~"label-failed|label-delayed|attempt-failed|exception|returning"}')],
    },
    {
      title: 'Carriers’ invoices',
      about:
        'By how much open findings exceed what the terms of a carrier bear, in minor units of each currency. CartageCarrierFindings tells of any.',
      unit: 'none',
      queries: [most('carrier, currency', 'cartage_carrier_findings_over_limit_minor_units')],
    },
    {
      title: 'Partners',
      about: 'What partners that fulfil for us are still to be told, have not answered in time, or refused.',
      unit: 'none',
      queries: [most('partner, state', 'cartage_partner_open', ' > 0')],
    },
    {
      title: 'Oldest that is open with a partner',
      about: 'How long the oldest of these is open. The alert CartagePartnerUntold is at 15 minutes.',
      unit: 's',
      queries: [most('partner, state', 'cartage_partner_open_seconds', ' > 0')],
    },
    {
      title: 'Suppliers that are late',
      about: 'Orders at suppliers that were not answered, or not shipped, in time: GET /shipping/supplier-orders?overdue=true.',
      unit: 'none',
      queries: [most('supplier', 'cartage_supplier_orders_overdue')],
    },
    {
      title: 'Pickups that nobody came to',
      about: 'Of the last two days: GET /shipping/pickups?status=missed.',
      unit: 'none',
      queries: [{ expr: 'max(cartage_pickups_missed)', legend: 'missed' }],
    },
    {
      title: 'People who are to be forgotten',
      about: 'Erasures that wait for their orders, that services were asked for, and that are overdue: GET /customers/erasures.',
      unit: 'none',
      queries: [most('state', 'cartage_person_erasures')],
    },
  ],
};
