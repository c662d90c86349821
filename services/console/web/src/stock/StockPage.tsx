import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { Page } from '../frame/Page';
import { SearchBox } from '../tables/SearchBox';
import { useSpeech } from '../words/words';
import { readStockAddress, stockViews, type StockAddress } from './address';
import { BookingButtons } from './booking/BookingButtons';
import { ReorderProposals } from './ReorderProposals';
import { StockList, type ChangeStockAddress } from './StockList';
import { Transfers } from './transfers/Transfers';
import './stock.css';

const views = [undefined, ...stockViews];

const Views = ({ address: { view: seen, location } }: { readonly address: StockAddress }): ReactNode => {
  const { say } = useSpeech();
  const where = location === undefined ? {} : { location };
  return (
    <nav className="tabs" aria-label={say('stock.views')}>
      {views.map((view) => (
        <Link
          key={view ?? 'all'}
          to="/stock"
          search={view === undefined ? where : { ...where, view }}
          activeOptions={{ exact: true }}
          activeProps={{}}
          aria-current={view === seen ? 'page' : undefined}
        >
          {say(`stock.view.${view ?? 'all'}`)}
        </Link>
      ))}
    </nav>
  );
};

/** What is where, what should be ordered, and what is between locations: as the address says. */
export const StockPage = (): ReactNode => {
  const { say } = useSpeech();
  const address: StockAddress = useSearch({ from: '/stock' });
  const navigate = useNavigate({ from: '/stock' });
  const change = useCallback<ChangeStockAddress>(
    (part) => void navigate({ search: (before) => readStockAddress({ ...before, ...part }), replace: 'q' in part }),
    [navigate],
  );
  const search = (
    <SearchBox label={say('stock.search')} hint={say('stock.search.hint')} text={address.q ?? ''} onText={(text) => change({ q: text })} />
  );
  const shown = { address, change };
  return (
    <Page title={say('stock.title')} aside={address.view === undefined && search}>
      <div className="stock-head">
        <Views address={address} />
        <BookingButtons location={address.location} />
      </div>
      {address.view === undefined && <StockList {...shown} />}
      {address.view === 'reorder' && <ReorderProposals {...shown} />}
      {address.view === 'transfers' && <Transfers {...shown} />}
    </Page>
  );
};
