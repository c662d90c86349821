import type { CustomsDeclaration } from '@cartage/contracts';

export interface Label {
  readonly labelId: string;
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  readonly trackingToken: string;
  /** Absent, with the cost, where whoever fulfils it has the label of its own carrier: nobody here prints, pays or voids it. */
  readonly currency?: string;
  readonly cost?: number;
  readonly customs?: CustomsDeclaration;
  /** The version of the carrier policy that its carrier was chosen by. */
  readonly policy?: string;
  readonly purchasedAt: string;
}

/** A carrier is asked for a label; what came of it is not known yet. */
export interface LabelRequest {
  readonly labelId: string;
  readonly carrier: string;
  readonly service: string;
  /** The version of the carrier policy that its carrier was chosen by. */
  readonly policy?: string;
  /** What customs are told, where a border is crossed. */
  readonly customs?: CustomsDeclaration;
  readonly requestedAt: string;
}
export const requestOf = ({ labelId, carrier, service, requestedAt, customs, policy }: LabelRequest): LabelRequest => ({
  ...{ labelId, carrier, service, requestedAt },
  ...(customs ? { customs } : {}),
  ...(policy === undefined ? {} : { policy }),
});

/** What is in them, the shipment knows by itself. */
export const numbersOf = ({ parcels }: Pick<Label, 'parcels'>): Label['parcels'] =>
  parcels.map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber }));

export const labelOf = ({ labelId, carrier, service, parcels, trackingToken, currency, cost, purchasedAt }: Label): Label => ({
  ...{ labelId, carrier, service, parcels: numbersOf({ parcels }), trackingToken, purchasedAt },
  ...(currency === undefined ? {} : { currency }),
  ...(cost === undefined ? {} : { cost }),
});

/** Whether it was bought here. */
export const isOurs = ({ cost }: Pick<Label, 'cost'>): boolean => cost !== undefined;
