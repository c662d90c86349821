import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Title } from '../../items/Title';
import { Mark, Time } from '../../marks/Mark';
import type { Tone } from '../../marks/tones';
import { Choice } from '../../tables/Choice';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { transferStatuses, type StockAddress } from '../address';
import { SkuLink } from '../columns';
import { LocationFilter, type ChangeStockAddress } from '../StockList';
import { Units } from '../units';
import { TransferActions, type Transfer } from './TransferActions';

const tones: Readonly<Record<Transfer['status'], Tone>> = { planned: 'calm', 'in-transit': 'going', closed: 'good', cancelled: 'calm' };

const Goods = ({ of: { lines } }: { readonly of: Transfer }): ReactNode => (
  <ul>
    {lines.map(({ lineId, sku, quantity }) => (
      <li key={lineId}>
        <Units of={quantity} /> × <SkuLink sku={sku} />
        <Title sku={sku} />
      </li>
    ))}
  </ul>
);

const Way = ({ of: { from, to, reference } }: { readonly of: Transfer }): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <bdi>{say('stock.way', { from, to })}</bdi>
      {reference !== undefined && <p className="quiet code">{reference}</p>}
    </>
  );
};

const Standing = ({ of: { status, overdue, expectedAt } }: { readonly of: Transfer }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <span className="marks">
      <Mark tone={tones[status]}>{name('stock.transfer', status)}</Mark>
      {overdue && <Mark tone="bad">{say('stock.overdue')}</Mark>}
      {expectedAt !== undefined && (
        <span className="quiet">
          <Time at={expectedAt} />
        </span>
      )}
    </span>
  );
};

const columns: Columns<Transfer> = {
  list: 'stock-transfers',
  rowId: ({ transferId }) => transferId,
  of: [
    { id: 'goods', heading: 'stock.goods', show: (transfer) => <Goods of={transfer} /> },
    { id: 'way', heading: 'stock.way.heading', show: (transfer) => <Way of={transfer} /> },
    { id: 'status', heading: 'column.status', show: (transfer) => <Standing of={transfer} /> },
    { id: 'planned', heading: 'stock.planned', show: ({ plannedAt }) => <Time at={plannedAt} />, isUnseenAtFirst: true },
    { id: 'actions', heading: 'stock.next', show: (transfer) => <TransferActions of={transfer} /> },
  ],
};

interface TransfersProps {
  readonly address: StockAddress;
  readonly change: ChangeStockAddress;
}

/** What goes from one location to another, and what of it has come. */
export const Transfers = ({ address, change }: TransfersProps): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const { status, location } = address;
  const filters = { ...(status ? { status } : {}), ...(location ? { location } : {}) };
  const pages = usePages<Transfer>(['stock', 'transfers', filters], (page) =>
    bodyOf(api.GET('/inventory/transfers', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <>
      <section className="filters" aria-label={say('list.filters')}>
        <LocationFilter address={address} change={change} />
        <Choice
          label={say('column.status')}
          value={status}
          options={transferStatuses.map((each) => [each, name('stock.transfer', each)])}
          onChoose={(chosen) => change({ status: transferStatuses.find((each) => each === chosen) })}
        />
      </section>
      <Listed
        pages={pages}
        columns={columns}
        label={say('stock.view.transfers')}
        none={{ title: say('stock.transfers.none'), hint: say('stock.transfers.none.hint') }}
        counted={(count) => say('stock.transfers.shown', { count })}
      />
    </>
  );
};
