import { heldInTables, type Holdings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { paymentSummary } from '../app/views/payment-summary';

const providers = `
  select distinct s.provider as who from person p, ${tableOf(paymentSummary)} s
  where s.order_id = any (p.orders) and s.provider not in ('none', 'channel')`;

/** What the payment service keeps of people beside its log. */
export const paymentHoldings = ({ pool }: { readonly pool: Sql }): Holdings =>
  heldInTables(pool, {
    shown: [
      {
        what: 'order that later ones are judged by',
        sql: `select o.recorded_at as at, json_build_object('customerId', o.customer_id, 'orderId', o.order_id, 'country', o.country) as content
          from person p, customer_order o where o.order_id = any (p.orders) or o.customer_id = any (p.customers)`,
      },
    ],
    forgotten: [
      {
        what: 'orders that later ones are judged by',
        sql: `delete from customer_order o using person p where o.order_id = any (p.orders) or o.customer_id = any (p.customers)`,
      },
    ],
    kept: [
      {
        what: 'invoices and credit notes: number, legal entity, amounts, taxes, country',
        why: 'Tax law wants them kept, without gaps; whom they were made out to is sealed, and can be read no more.',
      },
      { what: 'payments, refunds, journal lines, payouts', why: 'The books must add up to the cent; they name orders and no person.' },
      {
        what: 'gift cards and store credit, with the keyed hash of the e-mail address that credit was given to',
        why: 'It is money that is owed: whoever shows the card, or signs in with the address, can still spend it.',
      },
    ],
    sentTo: [{ what: 'amounts, and the token by which it was paid', sql: providers }],
  });
