import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { DownloadButton } from '../downloads/DownloadButton';
import { Mark, Money, Time } from '../marks/Mark';
import { Choice } from '../tables/Choice';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { readInvoices, type InvoicesAddress } from './address';
import { MoneyPage } from './MoneyPage';
import { OrderLink } from '../orders/OrderLink';

type Issued = Schemas['IssuedDocument'];
type Missing = Schemas['MissingDocument'];

const route = getRouteApi('/money/invoices');

const Pdf = ({ document: { number, orderId, documentId } }: { readonly document: Issued }): ReactNode => {
  const { api } = useServices();
  const path = { orderId, documentId };
  return (
    <DownloadButton
      fileName={`${number}.pdf`}
      fetchFile={() => bodyOf(api.GET('/payments/{orderId}/invoices/{documentId}/document.pdf', { params: { path }, parseAs: 'blob' }))}
      isRow
    >
      <bdi className="code">{number}</bdi>
    </DownloadButton>
  );
};

const Kind = ({ kind }: Pick<Issued, 'kind'>): ReactNode => (
  <Mark tone={kind === 'invoice' ? 'going' : 'calm'}>{useSpeech().name('money.document', kind)}</Mark>
);

const amountColumn = (id: 'net' | 'tax' | 'total') => ({
  id,
  heading: `money.invoice.${id}` as const,
  show: (document: Issued) => <Money amount={document[id]} currency={document.currency} />,
  isAmount: true,
});

const issuedColumns: Columns<Issued> = {
  list: 'invoices',
  rowId: ({ documentId }) => documentId,
  of: [
    { id: 'number', heading: 'money.column.number', show: (document) => <Pdf document={document} /> },
    { id: 'kind', heading: 'money.column.kind', show: (document) => <Kind {...document} /> },
    { id: 'issued', heading: 'money.column.issued', show: ({ issuedAt }) => <Time at={issuedAt} /> },
    { id: 'order', heading: 'column.number', show: ({ orderId }) => <OrderLink orderId={orderId} /> },
    { id: 'entity', heading: 'money.column.entity', show: ({ legalEntity }) => <bdi>{legalEntity}</bdi> },
    amountColumn('net'),
    amountColumn('tax'),
    amountColumn('total'),
  ],
};

const missingColumns: Columns<Missing> = {
  list: 'missing-invoices',
  rowId: ({ movementId }) => movementId,
  of: [
    { id: 'order', heading: 'column.number', show: ({ orderId }) => <OrderLink orderId={orderId} isRow /> },
    { id: 'kind', heading: 'money.column.missing', show: (document) => <Kind {...document} /> },
    { id: 'moved', heading: 'money.column.moved', show: ({ movedAt }) => <Time at={movedAt} /> },
    {
      id: 'amount',
      heading: 'money.column.amount',
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      isAmount: true,
    },
  ],
};

const IssuedList = ({ address: { channel, legalEntity } }: { readonly address: InvoicesAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const filters = { ...(channel === undefined ? {} : { channel }), ...(legalEntity === undefined ? {} : { legalEntity }) };
  const pages = usePages<Issued>(['money', 'invoices', filters], (page) =>
    bodyOf(api.GET('/payments/invoices', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <Listed
      pages={pages}
      columns={issuedColumns}
      label={say('money.invoices')}
      none={{ title: say('money.invoices.none'), hint: say('money.invoices.none.hint') }}
      counted={(count) => say('money.invoices.shown', { count })}
    />
  );
};

const MissingList = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Missing>(['money', 'invoices-missing'], (query) =>
    bodyOf(api.GET('/payments/invoices/missing', { params: { query } })),
  );
  return (
    <Listed
      pages={pages}
      columns={missingColumns}
      label={say('money.invoices.missing')}
      none={{ title: say('money.invoices.missing.none') }}
      counted={(count) => say('money.invoices.missing.shown', { count })}
    />
  );
};

/** Invoices and credit notes, each as a PDF; and what should have one and has none. */
export const InvoicesPage = (): ReactNode => {
  const { say } = useSpeech();
  const address: InvoicesAddress = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <MoneyPage title={say('money.invoices')}>
      <section className="filters" aria-label={say('list.filters')}>
        <Choice
          label={say('money.line.which')}
          value={address.missing ? 'missing' : undefined}
          options={[['missing', say('money.invoices.missing')]]}
          onChoose={(chosen) =>
            void navigate({ search: (before) => readInvoices({ ...before, missing: chosen === 'missing' || undefined }) })
          }
        />
        {[address.channel, address.legalEntity].map((each) => each !== undefined && <bdi key={each}>{each}</bdi>)}
      </section>
      {address.missing ? <MissingList /> : <IssuedList address={address} />}
    </MoneyPage>
  );
};
