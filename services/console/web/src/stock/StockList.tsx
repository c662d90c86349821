import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { choicesOf, useLocations } from '../locations/useLocations';
import { Choice } from '../tables/Choice';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { stockConcerns, type StockAddress } from './address';
import { stockColumns, type StockRow } from './columns';

export type ChangeStockAddress = (part: { readonly [Name in keyof StockAddress]: StockAddress[Name] | undefined }) => void;

interface StockViewProps {
  readonly address: StockAddress;
  readonly change: ChangeStockAddress;
}

/** Where. */
export const LocationFilter = ({ address: { location }, change }: StockViewProps): ReactNode => {
  const { say } = useSpeech();
  const { data: places } = useLocations();
  return (
    <Choice
      label={say('stock.location')}
      value={location}
      options={choicesOf(places)}
      onChoose={(chosen) => change({ location: chosen })}
    />
  );
};

/** What is where, as the filters have it. */
export const StockList = ({ address, change }: StockViewProps): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const { q, location, concern } = address;
  const filters = { ...(q ? { q } : {}), ...(location ? { location } : {}), ...(concern ? { concern } : {}) };
  const pages = usePages<StockRow>(['stock', 'listed', filters], (page) =>
    bodyOf(api.GET('/inventory/stock', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <>
      <section className="filters" aria-label={say('list.filters')}>
        <LocationFilter address={address} change={change} />
        <Choice
          label={say('stock.concern')}
          value={concern}
          options={stockConcerns.map((each) => [each, name('stock.concern', each)])}
          onChoose={(chosen) => change({ concern: stockConcerns.find((each) => each === chosen) })}
        />
      </section>
      <Listed
        pages={pages}
        columns={stockColumns}
        label={say('stock.title')}
        none={{ title: say('stock.none'), hint: say('stock.none.hint') }}
        counted={(count) => say('stock.shown', { count })}
      />
    </>
  );
};
