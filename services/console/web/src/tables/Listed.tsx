import { keepPreviousData, useInfiniteQuery, type QueryKey, type QueryMeta } from '@tanstack/react-query';
import type { RowData } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { withAnyNews } from '../live/live';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { ColumnChoice } from './ColumnChoice';
import type { Columns } from './columns';
import { RowTable } from './RowTable';
import { useSeenColumns } from './seen-columns';
import type { Selection } from './selection';

export interface PageOf<Row> {
  readonly items: readonly Row[];
  /** Where the next page begins; null behind the last. */
  readonly next: string | null;
}

/** What `ask` is given beside the filters. */
export interface PageAsked {
  readonly limit: number;
  readonly cursor?: string;
}

const PAGE = 50;

interface Asking {
  /** Asked again so often: no event tells when it changes. */
  readonly everyMs?: number;
  /** Which news change it; absent: any. */
  readonly meta?: QueryMeta;
}

/** Page after page by the cursor: the millionth row is as near as the first. */
export const usePages = <Row,>(
  queryKey: QueryKey,
  ask: (page: PageAsked) => Promise<PageOf<Row>>,
  { everyMs, meta = withAnyNews }: Asking = {},
) =>
  useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask({ limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
    meta,
  });

type Pages<Row> = ReturnType<typeof usePages<Row>>;

export const More = <Row,>({ pages }: { readonly pages: Pages<Row> }): ReactNode => {
  const { say } = useSpeech();
  if (!pages.hasNextPage) return <p className="quiet">{say('list.all')}</p>;
  return (
    <button type="button" className="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {say(pages.isFetchingNextPage ? 'list.loading-more' : 'list.more')}
    </button>
  );
};

interface ListedProps<Row> {
  readonly pages: Pages<Row>;
  readonly columns: Columns<Row>;
  readonly label: string;
  /** What is said where no row is. */
  readonly none: { readonly title: string; readonly hint?: string };
  /** How many are shown, in words. */
  readonly counted: (count: number) => string;
  /** Beside the choice of columns. */
  readonly tools?: (rows: readonly Row[]) => ReactNode;
  /** Absent: rows cannot be chosen. */
  readonly selection?: Selection;
}

/** A list as its filters have it: rows, how many, which columns, and more of them. */
export const Listed = <Row extends RowData>({ pages, columns, label, none, counted, tools, selection }: ListedProps<Row>): ReactNode => {
  const [seen, see] = useSeenColumns(columns);
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const nothing = (
    <div className="card">
      <Empty title={none.title}>{none.hint}</Empty>
    </div>
  );
  return (
    <Shown of={pages} rows={12}>
      {() =>
        rows.length === 0 ? (
          nothing
        ) : (
          <>
            <div className="list-head">
              <p className="quiet" role="status">
                {counted(rows.length)}
              </p>
              <div className="list-tools">
                {tools?.(rows)}
                <ColumnChoice columns={columns} seen={seen} see={see} />
              </div>
            </div>
            <RowTable columns={columns} rows={rows} seen={seen} label={label} {...(selection ? { selection } : {})} />
            <div className="list-foot">
              <More pages={pages} />
            </div>
          </>
        )
      }
    </Shown>
  );
};
