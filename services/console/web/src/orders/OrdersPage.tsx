import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { Page } from '../frame/Page';
import { SearchBox } from '../tables/SearchBox';
import { useSpeech } from '../words/words';
import { changed, type OrdersAddress } from './address';
import { FoundOrders } from './FoundOrders';
import { ListedOrders } from './ListedOrders';
import { OrderFilters, type ChangeAddress } from './OrderFilters';
import { SavedViews } from './SavedViews';
import './orders.css';

/** All orders, as the address says which. */
export const OrdersPage = (): ReactNode => {
  const { say } = useSpeech();
  const address: OrdersAddress = useSearch({ from: '/orders' });
  const navigate = useNavigate({ from: '/orders' });
  const change = useCallback<ChangeAddress>(
    (part) => void navigate({ search: (before) => changed(before, part), replace: 'q' in part }),
    [navigate],
  );
  const { q } = address;
  return (
    <Page
      title={say('orders.title')}
      aside={
        <SearchBox
          label={say('orders.search')}
          hint={say('orders.search.hint')}
          text={q ?? ''}
          onText={(text) => change({ q: text === '' ? undefined : text })}
        />
      }
    >
      {q === undefined ? (
        <>
          <SavedViews address={address} />
          <OrderFilters address={address} change={change} onClear={() => void navigate({ search: {} })} />
          <ListedOrders address={address} />
        </>
      ) : (
        <FoundOrders text={q} />
      )}
    </Page>
  );
};
