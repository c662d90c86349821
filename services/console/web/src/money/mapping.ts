import type { Schemas } from '../api/client';

export type Source = Schemas['SettlementSources']['items'][number];
type Mapping = Required<Schemas['SourceMappingDto']>;
type Kind = Mapping['kind'];

/** What a column of a file may hold. */
export const lineFields = [
  'kind',
  'line',
  'reference',
  'ownReference',
  'trackingNumber',
  'orderNumber',
  'gross',
  'fee',
  'net',
  'currency',
  'settledAt',
  'customerGross',
  'customerCurrency',
  'rate',
] as const;
export type LineField = (typeof lineFields)[number];

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
] as const satisfies readonly Kind[];

/** A source as somebody fills it in: lists as they are written, nothing undefined. */
export interface SourceDraft extends Pick<
  Mapping,
  'format' | 'dateFormat' | 'zone' | 'decimalMark' | 'units' | 'signs' | 'fees' | 'delimiter' | 'currency'
> {
  readonly name: string;
  readonly overdueDays: number | undefined;
  readonly providers: string;
  readonly channels: string;
  readonly carriers: string;
  readonly columns: Readonly<Partial<Record<LineField, string>>>;
  /** A line for each word: `Order = charge`. */
  readonly kinds: string;
  readonly kind: Kind | '';
}

/** What fields of a draft are given. */
export interface SourceFieldsProps {
  readonly draft: SourceDraft;
  readonly change: (part: Partial<SourceDraft>) => void;
}

const newDraft: SourceDraft = {
  ...{ name: '', overdueDays: 7, providers: '', channels: '', carriers: '' },
  ...{ format: 'columns', columns: {}, kinds: '', kind: '', currency: '', dateFormat: 'iso', zone: 'UTC' },
  ...{ decimalMark: '.', units: 'major', signs: 'signed', fees: 'above-zero', delimiter: ',' },
};

const written = (list: readonly string[]): string => list.join(', ');

/** A known source, to be changed; or a new one as it usually is. */
export const draftOf = (source: Source | undefined): SourceDraft => {
  if (!source) return newDraft;
  const { settlementSource, overdueDays, providers, channels, carriers, mapping } = source;
  const kinds = Object.entries(mapping.kinds).map(([word, kind]) => `${word} = ${kind}`);
  return {
    ...newDraft,
    ...mapping,
    kinds: kinds.join('\n'),
    ...{ name: settlementSource, overdueDays },
    ...{ providers: written(providers), channels: written(channels), carriers: written(carriers) },
  };
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Lines that are no `word = kind`, as somebody wrote them. */
export const unreadKinds = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !kindIn(line));

const kindIn = (line: string): readonly [string, Kind] | undefined => {
  const [, word = '', name] = /^(.+?)\s*=\s*(\S+)$/.exec(line.trim()) ?? [];
  const kind = lineKinds.find((each) => each === name);
  return kind && word !== '' ? [word, kind] : undefined;
};

const kindsOf = (text: string): Mapping['kinds'] =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const known = kindIn(line);
      return known ? [known] : [];
    }),
  );

const columnsOf = (columns: SourceDraft['columns']): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).filter(([, column]) => column.trim() !== ''));

/** What is sent of it: what was left empty is not said. */
export const sourceBody = (draft: SourceDraft): Schemas['SettlementSourceDto'] => {
  const { name: _, overdueDays = 1, providers, channels, carriers, columns, kinds, kind, currency, format, ...cells } = draft;
  const read = {
    ...cells,
    columns: columnsOf(columns),
    kinds: kindsOf(kinds),
    ...(kind === '' ? {} : { kind }),
    ...(currency.trim() === '' ? {} : { currency: currency.trim().toUpperCase() }),
  };
  return {
    ...{ overdueDays, providers: listOf(providers), channels: listOf(channels), carriers: listOf(carriers) },
    mapping: format === 'stripe' ? { format } : { format, ...read },
  };
};

/** The names of the columns of a CSV file, from its beginning. */
export const columnNames = (beginning: string, delimiter: string): readonly string[] => {
  const [header = ''] = beginning.replace(/^\uFEFF/, '').split(/\r?\n/);
  const cells = header.split(new RegExp(`\\${delimiter}(?=(?:[^"]*"[^"]*")*[^"]*$)`));
  return cells
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .replaceAll('""', '"'),
    )
    .filter((name) => name !== '');
};

/** What a file is, by its name. */
export const fileTypeOf = (name: string): 'application/x-ndjson' | 'text/csv' =>
  /\.(ndjson|jsonl)$/i.test(name) ? 'application/x-ndjson' : 'text/csv';
