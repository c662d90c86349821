import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Api, Schemas } from '../api/client';
import type { Topic } from '../live/live';
import type { Column } from '../tables/columns';
import type { PageAsked } from '../tables/Listed';
import type { WordId } from '../words/languages';

/** What comes behind `Prefix.` in ids of words. */
type CodesOf<Prefix extends string> = WordId extends infer Id ? (Id extends `${Prefix}.${infer Code}` ? Code : never) : never;

/** A queue has a name in every language: `queues.kind.<id>`. */
export type QueueId = CodesOf<'queues.kind'>;

/** What narrows a queue down, as it stands in the address. */
export type Filters = Readonly<Record<string, string | undefined>>;

export interface Filter {
  readonly name: string;
  readonly label: WordId;
  /** One of these can be chosen; absent: whatever is written. */
  readonly options?: readonly string[];
  /** By which words they are named. */
  readonly named?: string;
}

/** How many wait, as far as they were counted, and since when the oldest does. */
export interface Counted {
  readonly count: number;
  /** Counted no further than this. */
  readonly upTo: number;
  /** Null where none is there, or where nobody can say it without looking at all of them. */
  readonly oldest: string | null;
}

export interface Asking {
  readonly api: Api;
  readonly client: QueryClient;
}

export interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** What is known of an item. */
export interface Fact {
  readonly name: WordId;
  readonly value: ReactNode;
}

/** What somebody filled in. */
export type Values = Readonly<Record<string, string>>;

export interface Field {
  readonly name: string;
  readonly label: WordId;
  readonly hint?: WordId;
  /** `day`: without a time; `amount`: of money, as people write it. */
  readonly kind: 'line' | 'sku' | 'text' | 'choice' | 'number' | 'time' | 'day' | 'amount';
  /** Of an amount. */
  readonly currency?: string;
  readonly options?: readonly string[];
  /** By which words options are named. */
  readonly named?: string;
  readonly isRequired?: boolean;
  readonly longest?: number;
  readonly least?: number;
  /** Absent: always asked for. */
  readonly when?: (values: Values) => boolean;
  readonly initial?: string;
}

export type Preview = Schemas['Preview'];

/** In earnest, or only to see what it would do. The same key: sent twice, it is done once. */
export interface Sending {
  readonly preview: boolean;
  readonly key: string;
}

/** Something that can be done about an item. */
export interface Deed {
  /** By which it is known from the others of its item. */
  readonly key: string;
  readonly name: WordId;
  /** About what of the item, where there is more than one such thing. */
  readonly about?: string;
  readonly isGrave?: boolean;
  /** The item waits on afterwards, for somebody else’s word: whoever has it keeps it. */
  readonly isStep?: boolean;
  /** A key that asks for it while its item is looked at. */
  readonly shortcut?: 'snooze' | 'note' | 'resolve';
  readonly fields?: readonly Field[];
  /** The currency of what it would do, where the API can show that before it is done. */
  readonly previewIn?: string;
  send(api: Api, values: Values, sending: Sending): Promise<unknown>;
}

/** An item as it is shown whole: asked for by its id, or no more than its row. */
export type Opening<Row, Whole> =
  | { readonly by: 'item'; readonly ask: (api: Api, item: string) => Promise<Whole> }
  | { readonly by: 'row'; readonly of: (row: Row) => Whole };

/** One kind of things that wait for a person, and what can be done about each. A queue is such a description, and a line in `kinds/index.ts`. */
export interface QueueKind<Row, Whole> {
  readonly id: QueueId;
  readonly filters?: readonly Filter[];
  ask(api: Api, filters: Filters, page: PageAsked): Promise<PageOf<Row>>;
  /** The item that is meant by what stands on a slip: it is scanned, or typed. */
  readonly find?: (api: Api, text: string) => Promise<string | undefined>;
  /** Events of these topics, and only they, change what waits. Absent: no event tells it. */
  readonly hears?: readonly Topic[];
  /** Whether `ask` answers with what waits longest first. */
  readonly isOldestFirst?: boolean;
  /** Absent: what the first page of the list tells. */
  readonly count?: (asking: Asking, filters: Filters) => Promise<Counted>;
  readonly itemOf: (row: Row) => string;
  readonly titleOf: (row: Row) => ReactNode;
  /** Since when it waits. What people did about it before was about an earlier time, and is over. */
  readonly since: (row: Row) => string;
  /** Beside the title, which leads to the item, and since when it waits. */
  readonly columns: readonly Column<Row>[];
  readonly opening: Opening<Row, Whole>;
  readonly headingOf: (whole: Whole) => ReactNode;
  readonly facts: (whole: Whole) => readonly Fact[];
  /** More to see than facts. */
  readonly more?: (whole: Whole) => ReactNode;
  readonly deeds: (whole: Whole) => readonly Deed[];
  /** The item itself says whose it is: nobody takes it here, or lets it sleep. */
  readonly isHandedOut?: boolean;
}

/** How a command is sent. */
export const commandOf = ({ preview, key }: Sending) => ({
  query: preview ? { preview: true } : {},
  header: { 'Idempotency-Key': key },
});

/** How one is sent that cannot be shown before. */
export const onceOf = ({ key }: Pick<Sending, 'key'>) => ({ header: { 'Idempotency-Key': key } });
