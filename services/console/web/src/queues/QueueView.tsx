import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RowData } from '@tanstack/react-table';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { withAnyNews } from '../live/live';
import { Mark, Time } from '../marks/Mark';
import { Empty, Loading, Shown } from '../states/states';
import type { Column, Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import { askingAgain } from './asking-again';
import { ItemPanel } from './ItemPanel';
import type { Filters, Opening, QueueKind } from './queue';
import { WORK_EVERY_MS, workOf } from './work/known-work';
import { listingOf, type Listing } from './work/listing';
import type { Standing } from './work/standing';
import { Who } from './work/Who';

/** A list is looked at; where no event tells what changes in it, it is asked for as who works on what is. */
const PACE = { atMostEveryMs: 2_000, everyMs: WORK_EVERY_MS };

const InHand = ({ work: { assignee, isMine, asleepUntil, notes } }: { readonly work: Standing }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      {assignee !== null && <Mark tone={isMine ? 'going' : 'calm'}>{isMine ? say('queues.work.you') : <Who actor={assignee} />}</Mark>}
      {asleepUntil !== null && <Time at={asleepUntil} />}
      {notes > 0 && <span className="quiet">{say('queues.work.notes', { count: notes })}</span>}
    </span>
  );
};

const columnsOf = <Row, Whole>(kind: QueueKind<Row, Whole>): Columns<Listing<Row>> => ({
  list: `queue.${kind.id}`,
  rowId: ({ row }) => kind.itemOf(row),
  of: [
    {
      id: 'item',
      heading: 'queues.column.item',
      show: ({ row }) => (
        <Link
          to="/queues/$queue"
          params={{ queue: kind.id }}
          search={(before) => readQueueAddress({ ...before, item: kind.itemOf(row) })}
          data-row
        >
          <bdi>{kind.titleOf(row)}</bdi>
        </Link>
      ),
    },
    { id: 'since', heading: 'queues.column.since', show: ({ row }) => <Time at={kind.since(row)} as="since" /> },
    ...(kind.isHandedOut
      ? []
      : [{ id: 'work', heading: 'queues.column.assignee' as const, show: ({ work }: Listing<Row>) => <InHand work={work} /> }]),
    ...kind.columns.map((column) => columnOfRow(column)),
  ],
});

/** A column of what a queue lists, where it stands with who works on it. */
const columnOfRow = <Row,>({ show, write: _, ...column }: Column<Row>): Column<Listing<Row>> => ({
  ...column,
  show: ({ row }) => show(row),
});

interface OpenedProps<Row, Whole> {
  readonly kind: QueueKind<Row, Whole>;
  readonly item: string;
  readonly since: string | undefined;
}

const OpenedByItem = <Row, Whole>({
  kind,
  item,
  since,
  ask,
}: OpenedProps<Row, Whole> & Extract<Opening<Row, Whole>, { by: 'item' }>): ReactNode => {
  const { api } = useServices();
  const whole = useQuery({ queryKey: ['queue', kind.id, 'item', item], queryFn: () => ask(api, item), meta: withAnyNews });
  return (
    <Shown of={whole} rows={6}>
      {(data) => <ItemPanel kind={kind} item={item} whole={data} since={since} />}
    </Shown>
  );
};

type OpenedRowsProps<Row, Whole> = Omit<OpenedProps<Row, Whole>, 'since'> & { readonly rows: readonly Row[] | undefined };

const Opened = <Row, Whole>({ kind, item, rows }: OpenedRowsProps<Row, Whole>): ReactNode => {
  const { say } = useSpeech();
  const { opening } = kind;
  const row = rows?.find((each) => kind.itemOf(each) === item);
  const opened = { kind, item, since: row && kind.since(row) };
  if (opening.by === 'item') return <OpenedByItem key={item} {...opened} by="item" ask={opening.ask} />;
  if (!rows) return <Loading rows={6} />;
  if (!row) return <Empty title={say('queues.item.gone')} />;
  return <ItemPanel key={item} {...opened} whole={opening.of(row)} />;
};

/** No event tells what others take or let sleep: that is asked for, and the list only if something of it has changed. */
const useOthersWork = ({ id, isHandedOut = false }: Pick<QueueKind<unknown, unknown>, 'id' | 'isHandedOut'>): void => {
  const { api } = useServices();
  const client = useQueryClient();
  const { data } = useQuery({ ...workOf(api, id), enabled: !isHandedOut });
  const now = data && JSON.stringify([...data]);
  const before = useRef(now);
  useEffect(() => {
    if (before.current !== undefined && before.current !== now) void client.invalidateQueries({ queryKey: ['queue', id] });
    before.current = now;
  }, [client, id, now]);
};

interface QueueViewProps<Row, Whole> {
  readonly kind: QueueKind<Row, Whole>;
  readonly filters: Filters;
  readonly item: string | undefined;
}

/** What waits in a queue, and beside it the item that is looked at. */
export const QueueView = <Row extends RowData, Whole>({ kind, filters, item }: QueueViewProps<Row, Whole>): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const client = useQueryClient();
  useOthersWork(kind);
  const pages = usePages<Listing<Row>>(
    ['queue', kind.id, 'listed', filters],
    (page) => listingOf(kind, { api, client }, filters, page),
    askingAgain(kind, PACE),
  );
  const columns = useMemo(() => columnsOf(kind), [kind]);
  const rows = pages.data?.pages.flatMap(({ items }) => items.map(({ row }) => row));
  return (
    <div className={item === undefined ? 'queue-view' : 'queue-view opened'}>
      <div className="queue-list">
        <Listed
          pages={pages}
          columns={columns}
          label={say(`queues.kind.${kind.id}`)}
          none={{ title: say('queues.none'), hint: say('queues.none.hint') }}
          counted={(count) => say('queues.shown', { count })}
        />
      </div>
      {item !== undefined && (
        <aside className="queue-item card" aria-label={say('queues.item')}>
          <Opened kind={kind} item={item} rows={rows} />
        </aside>
      )}
    </div>
  );
};
