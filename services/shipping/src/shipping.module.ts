import { randomBytes } from 'node:crypto';
import { idFor, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { Topics } from '@cartage/contracts';
import { createInterventions } from './app/interventions';
import { createLabels } from './app/labels';
import { createShipmentLog } from './app/shipment-log';
import { createShipmentReading } from './app/shipment-reading';
import { createShipments } from './app/shipments';
import { shipmentMilestone } from './app/views/shipment-milestone';
import { shipmentSummary } from './app/views/shipment-summary';
import { settings, type ShippingSettings } from './config';
import { published } from './domain/published';
import { carriersOf, choosingBy } from './edge/carriers';
import { fulfillmentListener, inventoryListener, labelListener, orderListener } from './edge/listeners';
import { Registers1763900000000 } from './edge/migrations/1763900000000-registers';
import { postgresRegisters } from './edge/postgres-registers';
import { LABELS, SHIPMENT_READING, SHIPMENTS, ShipmentsController } from './edge/shipments.controller';
import { trackingParts } from './tracking.parts';

/** 144 random bits: nobody guesses the link of somebody else’s parcel. */
const newToken = (): string => randomBytes(18).toString('base64url');

const compose = (kit: Kit<ShippingSettings>): Parts => {
  const { vault, newId, now } = kit;
  const carriers = carriersOf(kit.settings);
  const registers = postgresRegisters(kit.pool);
  const log = createShipmentLog(kit);
  const labels = createLabels({
    ...{ log, vault, newToken, newId, now, deadlines: kit.deadlines, locations: registers.locations },
    ...choosingBy(kit.settings, carriers),
  });
  const shipments = createShipments({ log, labels, orders: registers.orders, shipmentIdOf: (id) => idFor('shipment', id), now });
  const interventions = createInterventions({ log, labels, orders: registers.orders, shipmentIdOf: (id) => idFor('shipment', id), now });
  const tracking = trackingParts(kit, { log, carriers, registers });
  const reading = createShipmentReading({ sql: kit.pool, log, reached: (position) => kit.viewReached(shipmentSummary, position) });
  return {
    controllers: [ShipmentsController, ...tracking.controllers],
    providers: [
      { provide: SHIPMENTS, useValue: shipments },
      { provide: SHIPMENT_READING, useValue: reading },
      { provide: LABELS, useValue: labels },
      ...tracking.providers,
    ],
    listeners: [
      fulfillmentListener(shipments, interventions),
      inventoryListener(shipments, registers.locations),
      orderListener(shipments, interventions),
      labelListener(labels),
      ...tracking.listeners,
    ],
    readings: tracking.readings,
    onDue: async (deadline, meta) => {
      await tracking.onDue(deadline, meta);
      await labels.onDue(deadline, meta);
    },
  };
};

export const shippingService: Service<ShippingSettings> = {
  name: 'shipping',
  schema: 'shipping',
  title: 'Cartage shipping',
  paths: ['shipping'],
  port: 3005,
  settings,
  migrations: [Registers1763900000000],
  entities: [],
  views: [shipmentSummary, shipmentMilestone],
  publication: { service: 'shipping', topic: Topics.shipping, translate: published },
  compose,
};
