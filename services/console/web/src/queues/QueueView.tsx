import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RowData } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { withAnyNews } from '../live/live';
import { Time } from '../marks/Mark';
import { Empty, Loading, Shown } from '../states/states';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import { ItemPanel } from './ItemPanel';
import type { Filters, Opening, QueueKind } from './queue';

const columnsOf = <Row, Whole>(kind: QueueKind<Row, Whole>): Columns<Row> => ({
  list: `queue.${kind.id}`,
  rowId: kind.itemOf,
  of: [
    {
      id: 'item',
      heading: 'queues.column.item',
      show: (row) => (
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
    { id: 'since', heading: 'queues.column.since', show: (row) => <Time at={kind.since(row)} as="since" /> },
    ...kind.columns,
  ],
});

interface OpenedProps<Row, Whole> {
  readonly kind: QueueKind<Row, Whole>;
  readonly item: string;
}

const OpenedByItem = <Row, Whole>({
  kind,
  item,
  ask,
}: OpenedProps<Row, Whole> & Extract<Opening<Row, Whole>, { by: 'item' }>): ReactNode => {
  const { api } = useServices();
  const whole = useQuery({ queryKey: ['queue', kind.id, 'item', item], queryFn: () => ask(api, item), meta: withAnyNews });
  return (
    <Shown of={whole} rows={6}>
      {(data) => <ItemPanel kind={kind} item={item} whole={data} />}
    </Shown>
  );
};

const Opened = <Row, Whole>({ kind, item, rows }: OpenedProps<Row, Whole> & { readonly rows: readonly Row[] | undefined }): ReactNode => {
  const { say } = useSpeech();
  const { opening } = kind;
  if (opening.by === 'item') return <OpenedByItem key={item} kind={kind} item={item} by="item" ask={opening.ask} />;
  if (!rows) return <Loading rows={6} />;
  const row = rows.find((each) => kind.itemOf(each) === item);
  if (!row) return <Empty title={say('queues.item.gone')} />;
  return <ItemPanel key={item} kind={kind} item={item} whole={opening.of(row)} />;
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
  const pages = usePages<Row>(['queue', kind.id, 'listed', filters], (page) => kind.ask(api, filters, page));
  const columns = useMemo(() => columnsOf(kind), [kind]);
  const rows = pages.data?.pages.flatMap(({ items }) => items);
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
