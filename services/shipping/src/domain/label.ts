export interface Label {
  readonly labelId: string;
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  readonly trackingToken: string;
  readonly currency: string;
  readonly cost: number;
  readonly purchasedAt: string;
}

/** A carrier is asked for a label; what came of it is not known yet. */
export interface LabelRequest {
  readonly labelId: string;
  readonly carrier: string;
  readonly service: string;
  readonly requestedAt: string;
}
/** What is in them, the shipment knows by itself. */
export const numbersOf = ({ parcels }: Pick<Label, 'parcels'>): Label['parcels'] =>
  parcels.map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber }));

export const labelOf = ({ labelId, carrier, service, parcels, trackingToken, currency, cost, purchasedAt }: Label): Label => ({
  labelId,
  carrier,
  service,
  parcels: numbersOf({ parcels }),
  trackingToken,
  currency,
  cost,
  purchasedAt,
});
