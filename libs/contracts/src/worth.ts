/**
 * What money is roughly worth, for limits that must mean the same in every currency: from which value a person looks, how much cash a carrier takes at a door. Never
 * for money that moves: the rates are rounded by hand, good to a tenth where a currency is steady, and change with a release only.
 */

/** ISO 4217: currencies whose minor unit is not a hundredth. */
const exponents: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
    (currency) => [currency, 0] as const,
  ),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((currency) => [currency, 3] as const),
  ...['CLF', 'UYW'].map((currency) => [currency, 4] as const),
]);

/** Digits after the point: 2 for GBP, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? 2;

/** Minor units as a decimal of the currency's own digits, exact however large: 1200 JPY, 12.00 GBP, 1.200 KWD. */
export const majorUnits = (amount: number, currency: string): `${number}` => {
  const digits = exponentOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${amount < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}` as `${number}`;
};

/** How much of each currency (in major units) is about one US dollar. */
const table = `
  AED 3.67  AFN 70     ALL 84    AMD 385    AOA 915    ARS 1400   AUD 1.53   AWG 1.79   AZN 1.7    BAM 1.68
  BBD 2     BDT 122    BGN 1.68  BHD 0.376  BIF 2950   BMD 1      BND 1.3    BOB 6.9    BRL 5.4    BSD 1
  BTN 89    BWP 13.5   BYN 3.2   BZD 2      CAD 1.4    CDF 2300   CHF 0.8    CLP 940    CNY 7.1    COP 3900
  CRC 505   CUP 24     CVE 95    CZK 21     DJF 178    DKK 6.45   DOP 63     DZD 130    EGP 48     ERN 15
  ETB 150   EUR 0.86   FJD 2.27  FKP 0.76   GBP 0.76   GEL 2.7    GHS 11     GIP 0.76   GMD 73     GNF 8650
  GTQ 7.7   GYD 209    HKD 7.8   HNL 26     HTG 131    HUF 333    IDR 16600  ILS 3.3    INR 89     IQD 1310
  ISK 126   JMD 160    JOD 0.709 JPY 155    KES 129    KGS 87     KHR 4000   KMF 425    KRW 1460   KWD 0.307
  KYD 0.82  KZT 520    LAK 21700 LBP 89500  LKR 305    LRD 180    LSL 17.3   LYD 5.5    MAD 9.3    MDL 17
  MGA 4500  MKD 53     MMK 2100  MNT 3570   MOP 8      MRU 39.8   MUR 46     MVR 15.4   MWK 1735   MXN 18.4
  MYR 4.15  MZN 64     NAD 17.3  NGN 1450   NIO 36.7   NOK 10.1   NPR 142    NZD 1.75   OMR 0.385  PAB 1
  PEN 3.4   PGK 4.2    PHP 59    PKR 281    PLN 3.65   PYG 7000   QAR 3.64   RON 4.4    RSD 101    RUB 80
  RWF 1450  SAR 3.75   SBD 8.3   SCR 14     SDG 600    SEK 9.5    SGD 1.3    SHP 0.76   SLE 23     SOS 571
  SRD 38    SSP 4600   STN 21    SYP 11000  SZL 17.3   THB 32.4   TJS 9.3    TMT 3.5    TND 2.95   TOP 2.4
  TRY 42    TTD 6.8    TWD 31    TZS 2450   UAH 42     UGX 3600   USD 1      UYU 39.7   UZS 11950  VES 240
  VND 26300 VUV 122    WST 2.8   XAF 565    XCD 2.7    XCG 1.79   XOF 565    XPF 103    YER 239    ZAR 17.3
  ZMW 23    ZWG 26.5`;

const perDollar: ReadonlyMap<string, number> = new Map(
  Array.from(table.matchAll(/([A-Z]{3})\s+([\d.]+)/g), ([, currency = '', rate]) => [currency, Number(rate)]),
);

export interface Amount {
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** About how much an amount is in another currency, minor units; nothing where no rate is kept for one of the two. */
export const worthIn = ({ currency, amount }: Amount, other: string): number | undefined => {
  const [from, to] = [perDollar.get(currency), perDollar.get(other)];
  if (from === undefined || to === undefined) return undefined;
  return Math.round((amount / from) * to * 10 ** (exponentOf(other) - exponentOf(currency)));
};

/**
 * A limit in a currency, minor units: the one that is given for it, or else what the first one given is roughly worth in it. Nothing where neither can be told: say so by
 * name, never read the number of another currency as if it were this one's.
 */
export const limitIn = (limits: readonly Amount[], currency: string): number | undefined => {
  const own = limits.find((limit) => limit.currency === currency);
  const [first] = limits;
  if (own) return own.amount;
  return first && worthIn(first, currency);
};
