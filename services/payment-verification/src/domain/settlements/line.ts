/** What a line of a settlement file can be. */
export const lineKinds = [
  'charge',
  'refund',
  'fee',
  'chargeback',
  'adjustment',
  'payout',
  'payout-return',
  'cod-remittance',
  'carrier-claim',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** Money as the customer paid it, or got it back. */
export interface CustomerMoney {
  readonly currency: string;
  readonly gross: number;
  /** What one of the customer’s currency was exchanged for in that of the account, as the file writes it; absent: it does not say. */
  readonly rate?: string;
}

/** A line of a file in which a provider, a marketplace or a courier says what it hands over, and for what. Amounts are minor units; above zero they come to us. */
export interface SettlementLine {
  /** Follows from the source and from what the line says of itself: the same line in another file is the same line. */
  readonly lineId: string;
  readonly settlementId: string;
  readonly source: string;
  readonly kind: LineKind;
  readonly currency: string;
  readonly gross: number;
  /** Where the customer paid in another currency than that in which it is handed over. */
  readonly customer?: CustomerMoney;
  /** Kept by whoever settles: `gross` less `fee` is `net`. */
  readonly fee: number;
  readonly net: number;
  readonly settledAt: string;
  /** What it names: our ids, the provider’s numbers, tracking numbers. */
  readonly references: readonly string[];
  readonly orderNumber?: string;
  /** Cash on delivery, and claims on carriers: what was recorded as handed over because of it. */
  readonly remitted?: number;
  /** It stands in the books already. */
  readonly posted?: boolean;
}

/** What has to agree with what moved: the customer’s own money, whatever it was exchanged for. */
export const movedBy = ({
  currency,
  gross,
  customer,
}: Pick<SettlementLine, 'currency' | 'gross' | 'customer'>): Omit<CustomerMoney, 'rate'> =>
  customer ? { currency: customer.currency, gross: customer.gross } : { currency, gross };

/** What moves between the provider and the bank: what is paid out, and what of it came back there. Its lines are booked, it is not. */
export const isTransfer = ({ kind }: Pick<SettlementLine, 'kind'>): boolean => kind === 'payout' || kind === 'payout-return';

/** What a carrier hands over, which a person may have recorded before its file came. */
export const isByCarrier = ({ kind }: Pick<SettlementLine, 'kind'>): boolean => kind === 'cod-remittance' || kind === 'carrier-claim';

/** Nothing of ours has to answer it: a fee, what is paid out, nothing at all. */
export const standsAlone = ({ kind, gross }: Pick<SettlementLine, 'kind' | 'gross'>): boolean =>
  kind === 'fee' || isTransfer({ kind }) || gross === 0;
