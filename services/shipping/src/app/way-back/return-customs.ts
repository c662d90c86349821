import type { CustomsDeclaration, Reason } from '@cartage/contracts';
import { declared, documentFor, missingFor } from '../../domain/customs/declaration';
import { declaredAsExported, exportsNamed, type Exported } from '../../domain/customs/returned';
import { hasLabel, type Shipment } from '../../domain/shipment';
import type { Wanted } from '../../domain/way-back/events';
import type { Origin, Recipient } from '../carrier';
import { borderBetween, crossingOf, whyUndeclared, type CustomsNeeds } from '../customs';
import type { OrderRegister } from '../registers';
import type { ShipmentLog } from '../shipment-log';

export interface ReturnCustomsNeeds extends Pick<CustomsNeeds, 'items'> {
  readonly orders: Pick<OrderRegister, 'find' | 'shipmentsOf'>;
  readonly shipments: Pick<ShipmentLog, 'read'>;
}

/** One parcel from a customer to a location of ours. */
export interface ReturnWay {
  readonly wanted: Pick<Wanted, 'orderId' | 'lines'>;
  readonly weightGrams: number;
  readonly from: Recipient;
  readonly to: Pick<Origin, 'country' | 'postalCode'>;
}

/** What customs are told of goods that come back across a border. Nothing where none is crossed; why not, where they would ask for what nobody knows. */
export interface ReturnCustoms {
  declare(way: ReturnWay): Promise<CustomsDeclaration | Reason | undefined>;
}

const exportedIn = (shipmentId: string, shipment: Shipment): readonly Exported[] => {
  if (!hasLabel(shipment) || !shipment.label.customs) return [];
  const { label, parcels, tracked } = shipment;
  const numbers = new Map(tracked.map(({ parcelId, trackingNumber }) => [parcelId, trackingNumber]));
  return [
    {
      ...{ shipmentId, declaredAt: label.purchasedAt, declaration: shipment.label.customs },
      parcels: parcels.map(({ parcelId, lines }) => ({ parcelId, lines, trackingNumber: numbers.get(parcelId) ?? '' })),
    },
  ];
};

const exportsOf = async ({ orders, shipments }: ReturnCustomsNeeds, orderId: string): Promise<readonly Exported[]> => {
  const ids = await orders.shipmentsOf(orderId);
  const read = await Promise.all(ids.map(async (id) => exportedIn(id, (await shipments.read(id)).shipment)));
  return read.flat();
};

const declaration = async (needs: ReturnCustomsNeeds, { wanted, weightGrams, from, to }: ReturnWay) => {
  const border = to.country === undefined ? undefined : borderBetween(from.address, { ...to, country: to.country });
  if (!border) return undefined;
  const { orderId, lines } = wanted;
  const [exports, crossing] = [await exportsOf(needs, orderId), await crossingOf(needs, wanted, border)];
  const asExported = lines.map((line) => declaredAsExported(line, exports));
  // What left before a border lay between, or was sent by somebody else, is declared by what is known of it today.
  const others = lines.filter((_, i) => asExported[i]?.length === 0);
  const errors = missingFor(crossing, others);
  if (errors.length > 0) return whyUndeclared(errors);
  const [rest] = declared(crossing, [{ parcelId: '1', weightGrams, lines: others }]).parcels;
  const all = [...asExported.flat(), ...(rest?.lines ?? [])];
  const value = all.reduce((sum, line) => sum + line.value, 0);
  const { currency } = crossing;
  const exported = exportsNamed(exports, lines);
  return {
    ...{ ...border, currency, goods: 'returned', ...(exported.length > 0 ? { exported } : {}) },
    parcels: [{ parcelId: '1', document: documentFor(weightGrams, { currency, amount: value }), weightGrams, value, lines: all }],
  };
};

export const createReturnCustoms = (needs: ReturnCustomsNeeds): ReturnCustoms => ({ declare: (way) => declaration(needs, way) });
