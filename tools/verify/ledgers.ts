/** What a service's own tables and the tables for analysts must say alike. Each query answers with `id`, and `figures` as JSON. */
export interface Ledger {
  readonly name: string;
  /** The service whose tables are asked, as DATABASE_URL or --database name it. */
  readonly service: 'order' | 'inventory' | 'payment-verification' | 'shipping' | 'returns';
  readonly theirs: string;
  readonly ours: string;
}

/** `{ name: expression }` as JSON. */
const figures = (given: Readonly<Record<string, string>>): string =>
  `json_build_object(${Object.entries(given)
    .map(([name, expression]) => `'${name}', ${expression}`)
    .join(', ')}) as figures`;

const sumOf = (column: string, where: string): string => `coalesce(sum(${column}) filter (where ${where}), 0)`;

/** One figure for each kind of movement. */
const byKind = (kinds: Readonly<Record<string, string>>): string =>
  figures(Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, sumOf('amount', `kind = '${kind}'`)])));

const products: Ledger = {
  name: 'products',
  service: 'inventory',
  theirs: `select sku as id, ${figures({
    ...{ title: 'title', category: 'category', status: 'status', grams: 'weight_grams', returnable: 'returnable' },
    gtin: `(select lpad(b.code->>'code', 14, '0') from jsonb_array_elements(barcodes) with ordinality as b (code, n)
      where b.code->>'kind' = 'gtin' and (b.code->>'units')::integer = 1 order by b.n limit 1)`,
  })} from inventory.item`,
  ours: `select sku as id, ${figures({
    ...{ title: 'title', category: 'category', status: 'status', grams: 'weight_grams', returnable: 'returnable', gtin: 'gtin' },
  })} from reporting.dim_product where revision is not null`,
};

const orders: Ledger = {
  name: 'orders',
  service: 'order',
  theirs: `select order_id::text as id, ${figures({
    ...{ channel: 'channel', currency: 'currency', goods: 'goods_amount', discount: 'discount_amount', shipping: 'shipping_amount' },
    ...{ tax: 'tax_amount', total: 'total_amount', completed: 'completed_at is not null', cancelled: 'cancelled_at is not null' },
  })} from orders.order_summary`,
  ours: `select order_id::text as id, ${figures({
    ...{ channel: 'channel', currency: 'currency', goods: 'goods', discount: 'discount', shipping: 'shipping', tax: 'tax', total: 'total' },
    ...{ completed: 'completed_at is not null', cancelled: 'cancelled_at is not null' },
  })} from reporting.fact_order join reporting.dim_channel using (channel_key)`,
};

const orderLines: Ledger = {
  name: 'order-lines',
  service: 'order',
  theirs: `select order_id || ' line ' || line_id as id, ${figures({
    ...{ sku: 'sku', units: 'quantity', cancelled: 'cancelled', delivered: 'delivered', total: 'total_amount', tax: 'tax_amount' },
    ...{ discount: 'discount_amount' },
  })} from orders.order_line where quantity > 0`,
  ours: `select order_id || ' line ' || line_id as id, ${figures({
    ...{ sku: 'sku', units: 'units', cancelled: 'cancelled_units', delivered: 'delivered_units', total: 'total', tax: 'tax' },
    ...{ discount: 'discount' },
  })} from reporting.fact_order_line join reporting.dim_product using (product_key) where units > 0`,
};

const payments: Ledger = {
  name: 'payments',
  service: 'payment-verification',
  theirs: `select order_id || ' in ' || currency as id, ${byKind({
    ...{ authorised: 'authorized', 'cod-accepted': 'cod-accepted', captured: 'captured', 'capture-failed': 'capture-failed' },
    ...{ collected: 'collected', short: 'cod-short', remitted: 'remitted', refunded: 'refunded', voided: 'voided' },
  })} from payments.payment_movement group by order_id, currency`,
  ours: `select order_id || ' in ' || currency as id, ${byKind({
    ...{ authorised: 'authorised', 'cod-accepted': 'cod-accepted', captured: 'captured', 'capture-failed': 'capture-failed' },
    ...{ collected: 'cod-collected', short: 'cod-short', remitted: 'cod-remitted', refunded: 'refunded', voided: 'voided' },
  })} from reporting.fact_payment where order_id is not null group by order_id, currency`,
};

/** Movements of units that can be sold add up to what is there, on both sides. */
const stock: Ledger = {
  name: 'stock',
  service: 'inventory',
  theirs: `select s.sku || ' at ' || s.location as id, ${figures({ onHand: 's.on_hand', allocated: 's.allocated', moved: 's.on_hand', unavailable: 's.unavailable' })}
    from inventory.stock s`,
  ours: `select p.sku || ' at ' || w.location as id, ${figures({
    ...{ onHand: 's.on_hand', allocated: 's.allocated', moved: 'coalesce(m.units, 0)', unavailable: 'coalesce(m.aside, 0)' },
  })} from reporting.fact_stock_level s join reporting.dim_product p using (product_key) join reporting.dim_location w using (location_key)
    left join (select product_key, location_key, sum(units) as units, sum(set_aside_units) as aside from reporting.fact_stock_movement
      group by product_key, location_key) m using (product_key, location_key)`,
};

const shipments: Ledger = {
  name: 'shipments',
  service: 'shipping',
  // What is fetched at a counter has no carrier; whoever fetched it has it.
  theirs: `select shipment_id::text as id, ${figures({
    ...{ location: 'location', carrier: 'case when labelled_at is not null then carrier end', parcels: 'parcels', grams: 'weight_grams' },
    ...{ units: 'unit_count', labelCost: 'coalesce(label_cost, 0)', labelCurrency: 'label_currency' },
    ...{ delivered: `status in ('delivered', 'collected')` },
  })} from shipping.shipment_summary where dispatched_at is not null`,
  ours: `select shipment_id::text as id, ${figures({
    ...{ location: 'location', carrier: 'carrier', parcels: 'parcels', grams: 'weight_grams', units: 'units', labelCost: 'label_cost' },
    ...{ labelCurrency: 'label_currency', delivered: 'coalesce(delivered_parcels >= parcels, false)' },
  })} from reporting.fact_shipment join reporting.dim_location using (location_key)
    left join reporting.dim_carrier_service using (carrier_service_key) where dispatched_at is not null`,
};

/** How labels name the policy that the star has the key of. */
const policyNamed = (key: string, version: string) =>
  `(select p.policy || coalesce('@' || ${version}, '') from reporting.dim_policy p where p.policy_key = ${key})`;

/** Who was chosen by which policy, and how often nobody would carry it. Where nobody was refused a label and no policy chose anybody, there is nothing to compare. */
const policyAndFailures = (each: string): string =>
  `select id, ${figures({ policy: 'policy', failures: 'failures' })} from (${each}) each where failures > 0 or policy is not null`;

const labelPolicies: Ledger = {
  name: 'label-policies',
  service: 'shipping',
  theirs: policyAndFailures(`
    select s.shipment_id::text as id, s.label_policy as policy, coalesce(f.failures, 0) as failures from shipping.shipment_summary s
      left join (select shipment_id, count(*) as failures from shipping.label_failure group by shipment_id) f using (shipment_id)`),
  ours: policyAndFailures(`
    select shipment_id::text as id, ${policyNamed('s.policy_key', 's.policy_version')} as policy, label_failures as failures
      from reporting.fact_shipment s`),
};

const returnLabelPolicies: Ledger = {
  name: 'return-label-policies',
  service: 'shipping',
  theirs: policyAndFailures(`
    select return_id::text as id, a.policy, coalesce(f.failures, 0) as failures from
      (select distinct on (return_id) return_id, policy from
        (select return_id, policy, requested_at as at, 1 as step from shipping.return_parcel
          union all select return_id, policy, failed_at, 0 from shipping.label_failure where return_id is not null) named
        where policy is not null order by return_id, at desc, step desc) a
      full join (select return_id, count(*) as failures from shipping.label_failure where return_id is not null group by return_id) f
        using (return_id)`),
  ours: policyAndFailures(`
    select return_id::text as id, ${policyNamed('r.label_policy_key', 'r.label_policy_version')} as policy, label_failures as failures
      from reporting.fact_return r`),
};

const returnLabels: Ledger = {
  name: 'return-labels',
  service: 'shipping',
  theirs: `select return_id || ' in ' || currency as id, ${figures({ labels: 'count(*)', cost: sumOf('cost', 'not unused') })}
    from shipping.return_parcel where purchased_at is not null group by return_id, currency`,
  ours: `select return_id || ' in ' || label_currency as id, ${figures({ labels: 'labels', cost: 'label_cost' })}
    from reporting.fact_return where labels > 0`,
};

const grade = (of: string): string => sumOf('units', `stage = 'graded' and grade = '${of}'`);

const returns: Ledger = {
  name: 'returns',
  service: 'returns',
  theirs: `select return_id::text as id, ${figures({
    ...{ received: 'sum(received)', graded: 'sum(graded)', gradeA: 'sum(grade_a)', gradeB: 'sum(grade_b)', gradeC: 'sum(grade_c)' },
    ...{ scrap: 'sum(grade_scrap)' },
  })} from returns.return_line group by return_id`,
  ours: `select return_id::text as id, ${figures({
    ...{ received: sumOf('units', `stage = 'received'`), graded: sumOf('units', `stage = 'graded'`) },
    ...{ gradeA: grade('A'), gradeB: grade('B'), gradeC: grade('C'), scrap: grade('scrap') },
  })} from reporting.fact_return_line group by return_id`,
};

const refunds: Ledger = {
  name: 'refunds-due',
  service: 'returns',
  theirs: `select refund_id::text as id, ${figures({ currency: 'currency', amount: 'amount', goods: 'goods', tax: 'tax', delivery: 'delivery' })}
    from returns.return_refund`,
  ours: `select refund_id::text as id, ${figures({ currency: 'currency', amount: 'amount', goods: 'goods', tax: 'tax', delivery: 'delivery' })}
    from reporting.fact_refund_due`,
};

export const ledgers: readonly Ledger[] = [
  ...[products, orders, orderLines, payments, stock, shipments, labelPolicies, returnLabels, returnLabelPolicies, returns, refunds],
];
