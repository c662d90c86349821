import type { PaymentMethod, Priority } from '@cartage/contracts';

/** What the outside world says to Cartage. */

export interface ChannelOrder {
  readonly placedAt?: string;
  readonly currency: string;
  readonly customer: { readonly id?: string; readonly name: string; readonly email?: string; readonly phone?: string };
  /** Absent where it is fetched. */
  readonly shipTo?: {
    readonly lines: readonly string[];
    readonly city: string;
    readonly postalCode?: string;
    readonly country: string;
    readonly latitude?: number;
    readonly longitude?: number;
  };
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly description?: string;
    readonly quantity: number;
    readonly unitPrice: number;
    readonly discount?: number;
    readonly tax?: number;
    readonly shipGroupId?: string;
  }[];
  readonly shipGroups?: readonly { readonly shipGroupId: string; readonly method: 'pickup'; readonly pickupLocation: string }[];
  readonly shipping?: { readonly amount: number };
  readonly payment: { readonly method: PaymentMethod; readonly token?: string };
  readonly priority?: Priority;
  readonly total?: number;
}

export interface LocationProfile {
  readonly name: string;
  readonly kind: 'warehouse' | 'distribution-center' | 'store' | 'supplier';
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly active: boolean;
}

export interface ItemProfile {
  readonly sku: string;
  readonly title: string;
  readonly weightGrams: number;
  readonly customs: { readonly hsCode: string; readonly originCountry: string };
}
