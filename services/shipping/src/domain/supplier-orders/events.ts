import type { LineQuantity, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

type Published<Type extends ShippingEvent['type']> = Extract<ShippingEvent, { readonly type: Type }>;

/** What one unit costs us. */
export type UnitCost = NonNullable<DataOf<ShippingEvent, 'SupplierOrderSent'>['lines'][number]['unitCost']>;

/** Which order of ours, of whom, for what. */
export type SupplierOrderRef = Pick<
  DataOf<ShippingEvent, 'SupplierOrderSent'>,
  'supplierOrderId' | 'number' | 'supplier' | 'shipmentId' | 'orderId' | 'fulfillmentId' | 'location'
>;

export interface OrderedLine extends LineQuantity {
  readonly unitCost?: UnitCost;
}

export type SupplierOrderEvent =
  /** It is to be told to the supplier. */
  | Named<
      'SupplierOrderDrawnUp',
      SupplierOrderRef & { readonly lines: readonly OrderedLine[]; readonly shipBy?: string; readonly drawnUpAt: string }
    >
  | Published<'SupplierOrderSent'>
  | Published<'SupplierOrderAccepted'>
  | Published<'SupplierOrderRejected'>
  | Published<'SupplierOrderShipped'>
  | Published<'SupplierOrderCancelled'>;
