import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { DownloadButton } from '../downloads/DownloadButton';
import { TextField } from '../forms/fields';
import { Money, Time } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { readJournal, type JournalAddress } from './address';
import { instantsOf } from '../formats/days';
import { MoneyPage } from './MoneyPage';
import { OrderLink } from '../orders/OrderLink';

type Entry = Schemas['JournalEntry'];

const route = getRouteApi('/money/journal');

/** Debits first, credits indented, as books have it. */
const Lines = ({ entry: { lines, currency } }: { readonly entry: Entry }): ReactNode => (
  <div className="journal-lines">
    {lines.flatMap(({ account, name, debit, credit }, at) => [
      <span key={`${at} account`} className={credit === 0 ? undefined : 'is-credit'}>
        <bdi>
          {account} {name}
        </bdi>
      </span>,
      <span key={`${at} debit`} className="amount">
        {debit !== 0 && <Money amount={debit} currency={currency} />}
      </span>,
      <span key={`${at} credit`} className="amount">
        {credit !== 0 && <Money amount={credit} currency={currency} />}
      </span>,
    ])}
  </div>
);

const Kind = ({ kind }: Pick<Entry, 'kind'>): ReactNode => useSpeech().name('money.entry', kind);

const columns: Columns<Entry> = {
  list: 'journal',
  rowId: ({ entryId }) => entryId,
  of: [
    { id: 'at', heading: 'money.column.booked', show: ({ at }) => <Time at={at} /> },
    { id: 'kind', heading: 'money.column.kind', show: (entry) => <Kind {...entry} /> },
    { id: 'order', heading: 'column.number', show: ({ orderId }) => orderId !== null && <OrderLink orderId={orderId} isRow /> },
    { id: 'lines', heading: 'money.column.accounts', show: (entry) => <Lines entry={entry} /> },
  ],
};

const fileName = ({ from, to }: JournalAddress): string => `${['journal', from, to].filter((part) => part !== undefined).join('-')}.csv`;

const Period = ({ address }: { readonly address: JournalAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = route.useNavigate();
  const change = (part: JournalAddress): void => void navigate({ search: (before) => readJournal({ ...before, ...part }), replace: true });
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <TextField label={say('money.journal.from')} kind="date" value={address.from ?? ''} onChange={(from) => change({ from })} />
      <TextField label={say('money.journal.to')} kind="date" value={address.to ?? ''} onChange={(to) => change({ to })} />
      <DownloadButton
        fileName={fileName(address)}
        fetchFile={() => bodyOf(api.GET('/payments/journal.csv', { params: { query: instantsOf(address) }, parseAs: 'blob' }))}
      >
        {say('money.journal.download')}
      </DownloadButton>
    </section>
  );
};

/** The books: double entry, of a period of days, to look at and to take along. */
export const JournalPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const address: JournalAddress = route.useSearch();
  const pages = usePages<Entry>(['money', 'journal', address], (page) =>
    bodyOf(api.GET('/payments/journal', { params: { query: { ...instantsOf(address), ...page } } })),
  );
  return (
    <MoneyPage title={say('money.journal')}>
      <Period address={address} />
      <Listed
        pages={pages}
        columns={columns}
        label={say('money.journal')}
        none={{ title: say('money.journal.none'), hint: say('money.journal.none.hint') }}
        counted={(count) => say('money.journal.shown', { count })}
      />
    </MoneyPage>
  );
};
