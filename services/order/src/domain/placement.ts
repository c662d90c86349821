import type { PaymentMethod, Priority } from '@cartage/contracts';

/** What is not there: channels leave it out or write null. */
type Absent = null | undefined;

/** Where an order is to go, as a channel tells it: personal. */
export interface ShipTo {
  readonly lines: readonly string[];
  readonly city: string;
  readonly region?: string | Absent;
  readonly postalCode?: string | Absent;
  readonly country: string;
  readonly latitude?: number | Absent;
  readonly longitude?: number | Absent;
}

export interface PlacementTax {
  readonly name: string;
  /** Percent. */
  readonly rate?: number | Absent;
  readonly amount: number;
}

/** Taxes of a line or of a delivery charge: one amount, or each by its name. */
export interface Taxed {
  readonly tax?: number | Absent;
  readonly taxLines?: readonly PlacementTax[] | Absent;
}

/** A line as a channel tells it. Money in minor units of the order's currency. */
export interface PlacementLine extends Taxed {
  readonly lineId?: string | Absent;
  readonly sku: string;
  readonly description?: string | Absent;
  readonly quantity: number;
  readonly unitPrice: number;
  /** Off the whole line: one amount, or each by its code. */
  readonly discount?: number | Absent;
  readonly discounts?: readonly { readonly code?: string | Absent; readonly amount: number }[] | Absent;
  readonly finalSale?: boolean | Absent;
  readonly attributes?: { readonly [name: string]: string } | Absent;
  readonly instructions?: string | Absent;
  /** Where there are several: the ship group that it goes with. */
  readonly shipGroupId?: string | Absent;
}

/** Who receives it, where that is not who bought it: personal. */
export interface PlacementRecipient {
  readonly name: string;
  readonly email?: string | Absent;
  readonly phone?: string | Absent;
}

export interface PlacementShipping extends Taxed {
  readonly amount: number;
  readonly service?: string | Absent;
  readonly shipBy?: string | Absent;
  readonly deliverBy?: string | Absent;
}

/** Lines that go to one place in one way, as a channel tells them. */
export interface PlacementGroup {
  readonly shipGroupId: string;
  /** Without it, it is shipped. */
  readonly method?: string | Absent;
  /** Without it, it goes where the order goes. */
  readonly shipTo?: ShipTo | Absent;
  readonly recipient?: PlacementRecipient | Absent;
  /** What digital goods are fetched by: a link, or a licence key; personal. */
  readonly reference?: string | Absent;
  /** The location that the customer fetches it at, or carries it out of; of digital goods, where keys are kept. */
  readonly pickupLocation?: string | Absent;
  readonly shipping?: PlacementShipping | Absent;
  readonly instructions?: string | Absent;
}

/** Without an amount it pays the whole order. */
export interface PlacementPayment {
  readonly method: PaymentMethod;
  readonly amount?: number | Absent;
  readonly token?: string | Absent;
}

/** An order as a channel tells it, before anybody looked at it. */
export interface Placement {
  readonly channel: string;
  readonly externalOrderId?: string | Absent;
  readonly placedAt?: string | Absent;
  readonly currency: string;
  readonly locale?: string | Absent;
  /** Whether unit prices and the delivery charge have their taxes in them. */
  readonly taxIncluded?: boolean | Absent;
  readonly customer: PlacementRecipient & { readonly id?: string | Absent };
  /** Where it goes, but for ship groups that say where they go. */
  readonly shipTo?: ShipTo | Absent;
  readonly lines: readonly PlacementLine[];
  /** Of the stock that was kept for the cart. */
  readonly reservationId?: string | Absent;
  /** An order that goes to one place has one ship group, which need not be told: this is its delivery. */
  readonly shipping?: PlacementShipping | Absent;
  readonly shipGroups?: readonly PlacementGroup[] | Absent;
  /** One way of paying, or several that add up to the total. */
  readonly payment?: PlacementPayment | Absent;
  readonly payments?: readonly PlacementPayment[] | Absent;
  readonly priority?: Priority | Absent;
  readonly instructions?: string | Absent;
  /** What is to become of what is not in stock, the first that can be followed; without it, as its channel is. */
  readonly ifShort?: readonly string[] | Absent;
  /** The channel's own sum: checked, never taken over. */
  readonly total?: number | Absent;
  /** The channel's own message, kept as it came. */
  readonly raw?: unknown;
}

/** Characters of texts that have no definition in contracts: the edge refuses longer ones by the same numbers. */
export const longest = {
  /** Of a country or a currency, before it is looked up. */
  code: 100,
  customerId: 200,
  name: 500,
  email: 320,
  phone: 50,
  addressLine: 500,
  city: 200,
  region: 200,
  postalCode: 20,
  description: 1_000,
  instructions: 2_000,
  attributeName: 100,
  attribute: 2_000,
  discountCode: 100,
  locale: 100,
  taxName: 100,
  service: 100,
  token: 500,
  reference: 2_000,
  shipGroups: 100,
} as const;
