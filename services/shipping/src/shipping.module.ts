import { randomBytes } from 'node:crypto';
import { idFor, type Kit, type Parts, type Readings, type Service } from '@cartage/service-kit';
import { Topics } from '@cartage/contracts';
import { CarrierPolicyBook } from './app/carrier-policies';
import { createCompliance } from './app/compliance';
import { createCustoms } from './app/customs';
import { createInterventions } from './app/interventions';
import { createLabels } from './app/labels';
import { LanePerformances } from './app/lane-performances';
import { carrierShelf } from './app/learned-carriers';
import { createShipmentReading, type ReadingNeeds, type ShipmentReading } from './app/shipment-reading';
import { createShipments } from './app/shipments';
import { drawingUp } from './app/supplier-orders/drawing-up';
import { binAssignment } from './app/views/bin-assignment';
import { carrierClaim } from './app/views/claims';
import { carrierOutcome } from './app/views/carrier-outcome';
import { carrierParcel } from './app/views/carrier-parcel';
import { labelFailure } from './app/views/label-failure';
import { labelQuote } from './app/views/label-quote';
import { manifestShipment, manifestSummary } from './app/views/manifests';
import { pickupSummary } from './app/views/pickups';
import { shipmentMilestone } from './app/views/shipment-milestone';
import { shipmentSummary } from './app/views/shipment-summary';
import { supplierOrderSummary } from './app/views/supplier-orders';
import { waveSummary } from './app/views/wave-summary';
import { carrierInvoiceParts, carrierInvoiceViews } from './carrier-invoices.parts';
import { settings, type ShippingSettings } from './config';
import { dayParts } from './days.parts';
import { claim } from './domain/claims/claim';
import { shipment } from './domain/decide';
import { isOver } from './domain/shipment';
import { supplierOrder } from './domain/supplier-orders/supplier-order';
import { wayBack } from './domain/way-back/way-back';
import { publishedBins } from './domain/bins';
import { publishedDays } from './domain/days/published';
import { publishedBills } from './domain/carrier-invoices/assessment';
import { publishedPolicies } from './domain/carrier-policies';
import { publishedClaims } from './domain/claims/published';
import { published } from './domain/published';
import { publishedStatements } from './domain/statements/statement';
import { publishedSupplierOrders } from './domain/supplier-orders/published';
import { publishedWayBack } from './domain/way-back/published';
import { documentParts } from './documents.parts';
import { carriersOf, modesIn, policyIn } from './edge/carriers';
import { shippingHoldings } from './edge/holdings';
import { fulfillmentListener, inventoryListener, labelListener, orderListener } from './edge/listeners';
import { laneOutcomes } from './edge/losses/postgres-lanes';
import { lossParts } from './losses.parts';
import { CarrierDeliveries1764395000000 } from './edge/migrations/1764395000000-carrier-deliveries';
import { Lanes1764320000000 } from './edge/migrations/1764320000000-lanes';
import { PartnerTrace1764491000000 } from './edge/migrations/1764491000000-partner-trace';
import { Partners1764360000000 } from './edge/migrations/1764360000000-partners';
import { PartnerRowsOver1764380000000 } from './edge/migrations/1764380000000-partner-rows-over';
import { ReturnLabels1764370000000 } from './edge/migrations/1764370000000-return-labels';
import { CarrierModel1764490000000 } from './edge/migrations/1764490000000-carrier-model';
import { CarrierInvoices1764390000000 } from './edge/migrations/1764390000000-carrier-invoices';
import { Registers1763900000000 } from './edge/migrations/1763900000000-registers';
import { ownersIn } from './edge/owners';
import { carrierFactLog } from './edge/reports/postgres-learned';
import { postgresRegisters } from './edge/postgres-registers';
import { LABELS, SHIPMENT_READING, SHIPMENTS, ShipmentsController } from './edge/shipments.controller';
import { packingParts } from './packing.parts';
import { partnerLine, partnerParts } from './partner.parts';
import { pickingParts } from './picking.parts';
import { supplierOrderParts } from './supplier-orders.parts';
import { trackingParts } from './tracking.parts';
import { returnLine, wayBackParts } from './way-back.parts';

/** 144 random bits: nobody guesses the link of somebody else’s parcel. */
const newToken = (): string => randomBytes(18).toString('base64url');

/** The one shipment that a fulfilment becomes. */
const shipmentIdOf = (fulfillmentId: string): string => idFor('shipment', fulfillmentId);

const lanePerformances = ({ pool, now, settings: { LANE_ENOUGH_PARCELS: enough, LANE_PRIOR_PARCELS: prior } }: Kit<ShippingSettings>) =>
  new LanePerformances({ outcomes: laneOutcomes(pool), trust: { enough, prior }, now });

/** What happened since may be known so much later. */
const KNOWN_FOR_MS = 2_000;

/** What everything else is made of. */
const foundations = (kit: Kit<ShippingSettings>) => {
  const { vault, store, newId, now, isPublic, deadlines } = kit;
  const carriers = carriersOf(kit.settings);
  const registers = postgresRegisters(kit.pool);
  const line = partnerLine(kit);
  const customs = createCustoms({ ...registers, vault });
  const policies = new CarrierPolicyBook({ store, newId, now, isPublic, carriers, settings: policyIn(kit.settings, carriers) });
  const lanes = lanePerformances(kit);
  const learned = carrierShelf({ log: carrierFactLog(kit.pool), now, forMs: KNOWN_FOR_MS });
  const compliance = createCompliance({ ...registers, carriers, policies, modes: modesIn(kit.settings) });
  const labels = createLabels({
    ...{ log: line.log, vault, customs, newToken, newId, now, deadlines, locations: registers.locations },
    ...{ carriers, policies, compliance, performance: lanes.current, learned: learned.current },
  });
  return { carriers, registers, line, customs, labels, chosen: { lanes, learned, policies, compliance } };
};

const readingsOf = async (parts: readonly { readonly readings: () => Promise<Readings> }[]): Promise<Readings> =>
  Object.assign({}, ...(await Promise.all(parts.map((part) => part.readings())))) as Readings;

const shipmentReading = (kit: Kit<ShippingSettings>, needs: Pick<ReadingNeeds, 'log' | 'items'>): ShipmentReading =>
  createShipmentReading({ ...needs, sql: kit.pool, reached: (position) => kit.viewReached(shipmentSummary, position) });

const compose = (kit: Kit<ShippingSettings>): Parts => {
  const { carriers, registers, line, customs, labels, chosen } = foundations(kit);
  const [{ log, partners }, { compliance }] = [line, chosen];
  const { packing, ...packingTable } = packingParts(kit, { log, registers, compliance });
  const dropship = drawingUp({ prices: line.prices, idFor });
  const ofOrders = { ...{ log, labels, packing, customs, partners, dropship, now: kit.now }, orders: registers.orders, shipmentIdOf };
  const [shipments, interventions] = [createShipments(ofOrders), createInterventions(ofOrders)];
  const [ofCarriers, comingBack] = [{ log, carriers, registers }, returnLine(kit)];
  const [tracking, days] = [trackingParts(kit, { ...ofCarriers, returning: comingBack.scans }), dayParts(kit, ofCarriers)];
  const wayBack = wayBackParts(kit, { ...ofCarriers, ...comingBack, ...chosen, shipments: log, newToken, tracking: tracking.tracking });
  const [losses, suppliers] = [lossParts(kit, { log, ...chosen }), supplierOrderParts(kit, line)];
  const withPartners = partnerParts(kit, { ...line, labels, registers, supplierOrders: suppliers.orders });
  const [picking, invoices] = [pickingParts(kit, { ...registers, log }), carrierInvoiceParts(kit)];
  const documents = documentParts(kit, { ...ofCarriers, wayBacks: comingBack.log });
  const parts = [picking, packingTable, documents, tracking, wayBack, days, losses, withPartners, suppliers, invoices];
  return {
    controllers: [ShipmentsController, ...parts.flatMap(({ controllers }) => controllers)],
    providers: [
      { provide: SHIPMENTS, useValue: shipments },
      { provide: SHIPMENT_READING, useValue: shipmentReading(kit, { ...registers, log }) },
      { provide: LABELS, useValue: labels },
      ...parts.flatMap(({ providers }) => providers),
    ],
    listeners: [
      fulfillmentListener(shipments, interventions),
      inventoryListener(shipments, registers, withPartners.notices),
      orderListener(shipments, interventions),
      labelListener(labels, line.tellLabel),
      ...[tracking, losses, wayBack, withPartners].flatMap(({ listeners }) => listeners),
    ],
    owners: ownersIn({ ...days, shipments: log, waves: picking.waves, wayBack: comingBack.log, orders: registers.orders }),
    ...{ checks: withPartners.checks, readings: () => readingsOf([tracking, days, withPartners, suppliers, invoices]) },
    start: async () => void (await Promise.all([tracking.start(), losses.start(), withPartners.start(), invoices.start()])),
    stop: async () => void (await Promise.all([tracking.stop(), withPartners.stop(), invoices.stop()])),
    onDue: async (deadline, meta) => {
      for (const part of [tracking, wayBack, days, losses, withPartners, labels]) await part.onDue(deadline, meta);
    },
  };
};

export const shippingService: Service<ShippingSettings> = {
  name: 'shipping',
  schema: 'shipping',
  title: 'Cartage shipping',
  paths: ['shipping'],
  area: 'shipping',
  port: 3005,
  settings,
  migrations: [
    ...[Registers1763900000000, Lanes1764320000000, Partners1764360000000, ReturnLabels1764370000000],
    ...[PartnerRowsOver1764380000000, CarrierInvoices1764390000000, CarrierDeliveries1764395000000, CarrierModel1764490000000],
    PartnerTrace1764491000000,
  ],
  views: [
    shipmentSummary,
    shipmentMilestone,
    manifestSummary,
    manifestShipment,
    pickupSummary,
    waveSummary,
    binAssignment,
    carrierClaim,
    carrierParcel,
    carrierOutcome,
    labelQuote,
    labelFailure,
    supplierOrderSummary,
    ...carrierInvoiceViews,
  ],
  publication: {
    service: 'shipping',
    topic: Topics.shipping,
    translate: {
      ...{ ...published, ...publishedDays, ...publishedBins, ...publishedClaims, ...publishedStatements },
      ...{ ...publishedSupplierOrders, ...publishedWayBack, ...publishedBills, ...publishedPolicies },
    },
  },
  aggregates: { shipment, dropship: supplierOrder, claim, wayback: wayBack },
  over: { shipment: isOver },
  compose,
  holdings: shippingHoldings,
};
