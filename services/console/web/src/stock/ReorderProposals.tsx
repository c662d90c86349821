import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Title } from '../items/Title';
import { Mark } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import type { StockAddress } from './address';
import { SkuLink } from './columns';
import { LocationFilter, type ChangeStockAddress } from './StockList';
import { Units } from './units';

type Proposal = Schemas['ReorderSuggestion'];

const DecidedBy = ({ by }: { readonly by: Proposal['decidedBy'] }): ReactNode => (
  <Mark tone={by === 'learned' ? 'going' : 'calm'}>{useSpeech().say(`stock.decided.${by}`)}</Mark>
);

const Proposed = ({ of: { sku, location } }: { readonly of: Proposal }): ReactNode => (
  <>
    <SkuLink sku={sku} location={location} />
    <Title sku={sku} />
  </>
);

const columns: Columns<Proposal> = {
  list: 'stock-reorder',
  rowId: ({ sku, location }) => `${sku} ${location}`,
  of: [
    { id: 'sku', heading: 'stock.sku', show: (proposal) => <Proposed of={proposal} /> },
    { id: 'location', heading: 'stock.location', show: ({ location }) => <bdi>{location}</bdi> },
    { id: 'suggested', heading: 'stock.suggested', show: ({ suggested }) => <Units of={suggested} />, isAmount: true },
    { id: 'available', heading: 'stock.unclaimed', show: ({ available }) => <Units of={available} />, isAmount: true },
    { id: 'onOrder', heading: 'stock.on-order', show: ({ onOrder }) => <Units of={onOrder} />, isAmount: true },
    { id: 'point', heading: 'stock.reorder-point', show: ({ reorderPoint }) => <Units of={reorderPoint} />, isAmount: true },
    { id: 'upTo', heading: 'stock.order-up-to', show: ({ orderUpTo }) => <Units of={orderUpTo} />, isAmount: true },
    { id: 'decidedBy', heading: 'stock.decided', show: ({ decidedBy }) => <DecidedBy by={decidedBy} /> },
  ],
};

interface ReorderProposalsProps {
  readonly address: StockAddress;
  readonly change: ChangeStockAddress;
}

/** What should be ordered now. Behind each stands its forecast. */
export const ReorderProposals = ({ address, change }: ReorderProposalsProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const filters = address.location === undefined ? {} : { location: address.location };
  const pages = usePages<Proposal>(['stock', 'reorder', filters], (page) =>
    bodyOf(api.GET('/inventory/reorder-suggestions', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <>
      <section className="filters" aria-label={say('list.filters')}>
        <LocationFilter address={address} change={change} />
      </section>
      <Listed
        pages={pages}
        columns={columns}
        label={say('stock.view.reorder')}
        none={{ title: say('stock.reorder.none'), hint: say('stock.reorder.none.hint') }}
        counted={(count) => say('stock.shown', { count })}
      />
    </>
  );
};
