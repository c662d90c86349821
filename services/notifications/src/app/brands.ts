/** Who writes: the name and sender that a customer knows, and the sales channels that are his. */
export interface Brand {
  readonly code: string;
  readonly name: string;
  /** Mail address, with or without a name: `Acme <hello@acme.example>`. */
  readonly sender: string;
  /** In which its customers are written to who said nothing; BCP 47. */
  readonly locale: string;
  readonly channels: readonly string[];
}

/** Brands in rows: few, changed by hand. */
export interface BrandBook {
  all(): Promise<readonly Brand[]>;
  put(brand: Brand): Promise<void>;
}

/** The brand that sold in a channel; the house's own, where no other claims it. */
export const brandIn = (brands: readonly Brand[], house: Brand, channel: string): Brand =>
  brands.find(({ channels }) => channels.includes(channel)) ?? house;
