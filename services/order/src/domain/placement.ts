import type { PaymentMethod, Priority } from '@cartage/contracts';
import type { ShipTo } from './destination';

/** A line as a channel tells it. Money in minor units of the order's currency. */
export interface PlacementLine {
  readonly lineId?: string | undefined;
  readonly sku: string;
  readonly description?: string | undefined;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount?: number | undefined;
  readonly tax?: number | undefined;
  readonly finalSale?: boolean | undefined;
  readonly attributes?: { readonly [name: string]: string } | undefined;
  readonly instructions?: string | undefined;
}

/** An order as a channel tells it, before anybody looked at it. */
export interface Placement {
  readonly channel: string;
  readonly externalOrderId?: string | undefined;
  readonly placedAt?: string | undefined;
  readonly currency: string;
  readonly locale?: string | undefined;
  readonly customer: {
    readonly id?: string | undefined;
    readonly name: string;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
  };
  readonly shipTo: ShipTo;
  readonly lines: readonly PlacementLine[];
  readonly shipping?: { readonly amount: number; readonly tax?: number | undefined } | undefined;
  readonly payment: { readonly method: PaymentMethod; readonly token?: string | undefined };
  readonly priority?: Priority | undefined;
  readonly instructions?: string | undefined;
  /** The channel's own sum: checked, never taken over. */
  readonly total?: number | undefined;
  /** The channel's own message, kept as it came. */
  readonly raw?: unknown;
}

/** Lines without an id of their own are numbered as they stand: `1`, `2`, … */
export const lineIdAt = ({ lineId }: PlacementLine, index: number): string => lineId ?? String(index + 1);
