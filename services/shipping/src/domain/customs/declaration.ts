import { limitIn, piecesOf, sharesOf, shareOfUnits, type Amount, type CustomsDeclaration, type LineQuantity } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';

/** What is known of a SKU that customs ask for. */
export interface DeclarableItem {
  readonly title: string;
  readonly weightGrams?: number;
  readonly customs?: { readonly hsCode: string; readonly originCountry: string };
}

/** A line as it was sold: minor units, for all its units. */
export interface SoldLine {
  readonly quantity: number;
  readonly unitPrice: number;
  readonly total: number;
  readonly tax: number;
}

/** A border, and all that is known of what goes over it. */
export interface Crossing {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly sold: ReadonlyMap<string, SoldLine>;
  readonly items: ReadonlyMap<string, DeclarableItem>;
}

type Contents = readonly { readonly parcelId: string; readonly weightGrams: number; readonly lines: readonly LineQuantity[] }[];
type DeclaredParcel = CustomsDeclaration['parcels'][number];
type DeclaredLine = DeclaredParcel['lines'][number];

/** Up to which weight and value a paper is enough: 300 special drawing rights for CN 22, and what may leave without an export declaration for CN 23. */
const papers: readonly { readonly document: string; readonly mostGrams: number; readonly worth: readonly Amount[] }[] = [
  {
    document: 'cn22',
    mostGrams: 2_000,
    worth: [
      { currency: 'USD', amount: 40_000 },
      { currency: 'EUR', amount: 38_000 },
      { currency: 'GBP', amount: 27_000 },
    ],
  },
  {
    document: 'cn23',
    mostGrams: 30_000,
    worth: [
      { currency: 'EUR', amount: 100_000 },
      { currency: 'GBP', amount: 87_300 },
      { currency: 'USD', amount: 250_000 },
    ],
  },
];

/** The least paper that is enough; where nobody knows what a currency is worth, the whole one. */
export const documentFor = (grams: number, { currency, amount }: Amount): string =>
  papers.find(({ mostGrams, worth }) => grams <= mostGrams && amount <= (limitIn(worth, currency) ?? -1))?.document ?? 'commercial-invoice';

/** What the customer pays without tax; of what was given away, its price. What had none either is declared as worth nothing. */
const worthOf = ({ total, tax, unitPrice, quantity }: SoldLine): number => (total - tax > 0 ? total - tax : unitPrice * quantity);

interface Goods {
  readonly sku: string;
  readonly units: number;
  readonly share: number;
}

/** A kit is declared as what it is described as; one that customs know nothing of, by its parts. */
const goodsIn = (line: LineQuantity, { items }: Crossing): readonly Goods[] => {
  if (!line.parts || items.get(line.sku)?.customs) return [{ sku: line.sku, units: 1, share: 1 }];
  const shares = new Map(line.parts.map(({ sku, share }) => [sku, share]));
  return piecesOf(line).map(({ sku, quantity }) => ({ sku, units: quantity, share: shares.get(sku) ?? quantity }));
};

const missing = (field: string, message: string): FieldError => ({ field, code: 'CUSTOMS_MISSING', message });

const missingOf = (sku: string, item: DeclarableItem | undefined): readonly FieldError[] => [
  ...(item ? [] : [missing(`items.${sku}`, `Item ${sku} is not described.`)]),
  ...(item && !item.customs ? [missing(`items.${sku}.customs`, `Item ${sku} has no customs.hsCode and customs.originCountry.`)] : []),
  ...(item && !(item.weightGrams ?? 0) ? [missing(`items.${sku}.weightGrams`, `Item ${sku} has no weightGrams.`)] : []),
];

const missingSale = ({ lineId }: LineQuantity, { sold }: Crossing): readonly FieldError[] =>
  sold.has(lineId) ? [] : [missing(`lines.${lineId}.unitPrice`, `Nobody said what line ${lineId} was sold for.`)];

/** What customs would ask for and nobody knows, by field. */
export const missingFor = (crossing: Crossing, lines: readonly LineQuantity[]): readonly FieldError[] => {
  const skus = new Set(lines.flatMap((line) => goodsIn(line, crossing).map(({ sku }) => sku)));
  return [...[...skus].flatMap((sku) => missingOf(sku, crossing.items.get(sku))), ...lines.flatMap((line) => missingSale(line, crossing))];
};

export const customsMissing = ({ from, to }: Crossing, errors: readonly FieldError[]): Refused =>
  new Refused('CUSTOMS_MISSING', `From ${from} to ${to} customs ask for what is not known. ${errors[0]?.message ?? ''}`, 'invalid', errors);

interface Unshared {
  readonly line: LineQuantity;
  /** Units of the line in parcels before this one. */
  readonly before: number;
}

/** What is missing was refused before. */
const described = (sku: string, { items }: Crossing) => {
  const { title, customs, weightGrams = 0 } = items.get(sku) ?? { title: sku };
  return { description: title, hsCode: customs?.hsCode ?? '', originCountry: customs?.originCountry ?? '', weightGrams };
};

const declaredLines = (crossing: Crossing, { line, before }: Unshared): readonly DeclaredLine[] => {
  const sold = crossing.sold.get(line.lineId);
  const value = sold ? shareOfUnits(worthOf(sold), { before, units: line.quantity, of: sold.quantity }) : 0;
  const goods = goodsIn(line, crossing);
  const values = sharesOf(
    value,
    goods.map(({ share }) => share),
  );
  return goods.map(({ sku, units }, n) => {
    const { weightGrams, ...item } = described(sku, crossing);
    const quantity = units * line.quantity;
    return { lineId: line.lineId, sku, quantity, value: values[n] ?? 0, ...item, weightGrams: weightGrams * quantity };
  });
};

const declaredParcel = (
  crossing: Crossing,
  { parcelId, weightGrams }: Contents[number],
  lines: readonly DeclaredLine[],
): DeclaredParcel => {
  const value = lines.reduce((sum, line) => sum + line.value, 0);
  return { parcelId, document: documentFor(weightGrams, { currency: crossing.currency, amount: value }), weightGrams, value, lines };
};

/** What is declared of each parcel; parts of a line in several parcels add up to what it is worth. */
export const declared = (crossing: Crossing, parcels: Contents): CustomsDeclaration => {
  const before = new Map<string, number>();
  const of = (line: LineQuantity): readonly DeclaredLine[] => {
    const units = before.get(line.lineId) ?? 0;
    before.set(line.lineId, units + line.quantity);
    return declaredLines(crossing, { line, before: units });
  };
  const { from, to, currency } = crossing;
  return { from, to, currency, parcels: parcels.map((parcel) => declaredParcel(crossing, parcel, parcel.lines.flatMap(of))) };
};
