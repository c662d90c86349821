/** What a line of a settlement file can be. */
export const lineKinds = ['charge', 'refund', 'fee', 'chargeback', 'adjustment', 'payout', 'cod-remittance'] as const;
export type LineKind = (typeof lineKinds)[number];

/** A line of a file in which a provider, a marketplace or a courier says what it hands over, and for what. Amounts are minor units; above zero they come to us. */
export interface SettlementLine {
  /** Follows from the source and from what the line says of itself: the same line in another file is the same line. */
  readonly lineId: string;
  readonly settlementId: string;
  readonly source: string;
  readonly kind: LineKind;
  readonly currency: string;
  readonly gross: number;
  /** Kept by whoever settles: `gross` less `fee` is `net`. */
  readonly fee: number;
  readonly net: number;
  readonly settledAt: string;
  /** What it names: our ids, the provider’s numbers, tracking numbers. */
  readonly references: readonly string[];
  readonly orderNumber?: string;
  /** Cash on delivery: what was recorded as handed over because of it. */
  readonly remitted?: number;
  /** It stands in the books already. */
  readonly posted?: boolean;
}

/** Nothing of ours has to answer it: a fee, what is paid out, nothing at all. */
export const standsAlone = ({ kind, gross }: Pick<SettlementLine, 'kind' | 'gross'>): boolean =>
  kind === 'fee' || kind === 'payout' || gross === 0;
