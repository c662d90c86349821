import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import { withAnyNews } from '../live/live';
import { Mark, Money, Time } from '../marks/Mark';
import { Choice } from '../tables/Choice';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { readOutstanding, type OutstandingAddress } from './address';
import { AgeingTable } from './AgeingTable';
import { LockedTable } from './LockedTable';
import { MoneyPage, Name } from './MoneyPage';
import { OrderLink } from '../orders/OrderLink';

type Outstanding = Schemas['OutstandingMoney'];

const route = getRouteApi('/money/outstanding');

const Waiting = ({ money: { movedAt, overdue } }: { readonly money: Outstanding }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <Time at={movedAt} as="since" />
      {overdue && <Mark tone="bad">{say('money.overdue')}</Mark>}
    </span>
  );
};

const Kind = ({ kind }: Pick<Outstanding, 'kind'>): ReactNode => useSpeech().name('money.outstanding', kind);

const columns: Columns<Outstanding> = {
  list: 'outstanding-money',
  rowId: ({ movementId }) => movementId,
  of: [
    { id: 'order', heading: 'column.number', show: ({ orderId }) => <OrderLink orderId={orderId} isRow /> },
    { id: 'kind', heading: 'money.column.kind', show: (money) => <Kind {...money} /> },
    { id: 'since', heading: 'money.column.since', show: (money) => <Waiting money={money} /> },
    { id: 'source', heading: 'money.column.source', show: ({ settlementSource }) => <Name>{settlementSource}</Name> },
    { id: 'carrier', heading: 'money.column.carrier', show: ({ carrier }) => <Name>{carrier}</Name>, isUnseenAtFirst: true },
    { id: 'provider', heading: 'money.column.provider', show: ({ provider }) => <bdi>{provider}</bdi>, isUnseenAtFirst: true },
    { id: 'channel', heading: 'column.channel', show: ({ channel }) => <bdi>{channel}</bdi> },
    {
      id: 'amount',
      heading: 'money.column.amount',
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      isAmount: true,
    },
  ],
};

const Filters = ({ address, sources }: { readonly address: OutstandingAddress; readonly sources: readonly string[] }): ReactNode => {
  const { say } = useSpeech();
  const navigate = route.useNavigate();
  const change = (part: Readonly<Record<string, unknown>>): void =>
    void navigate({ search: (before) => readOutstanding({ ...before, ...part }), resetScroll: false });
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <Choice
        label={say('money.line.which')}
        value={address.overdue ? 'overdue' : undefined}
        options={[['overdue', say('money.overdue.only')]]}
        onChoose={(chosen) => change({ overdue: chosen === 'overdue' || undefined })}
      />
      <Choice
        label={say('money.column.source')}
        value={address.settlementSource}
        options={sources.map((each) => [each, each])}
        onChoose={(settlementSource) => change({ settlementSource })}
      />
      {address.carrier !== undefined && <bdi>{address.carrier}</bdi>}
    </section>
  );
};

const Waits = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const address: OutstandingAddress = route.useSearch();
  const sources = useQuery({ queryKey: ['money', 'sources'], queryFn: () => bodyOf(api.GET('/payments/settlement-sources')) });
  const pages = usePages<Outstanding>(['money', 'outstanding', address], (page) =>
    bodyOf(api.GET('/payments/outstanding', { params: { query: { ...address, ...page } } })),
  );
  return (
    <Part title={say('money.waits')}>
      <Filters address={address} sources={sources.data?.items.map(({ settlementSource }) => settlementSource) ?? []} />
      <Listed
        pages={pages}
        columns={columns}
        label={say('money.waits')}
        none={{ title: say('money.waits.none'), hint: say('money.waits.none.hint') }}
        counted={(count) => say('money.waits.shown', { count })}
      />
    </Part>
  );
};

/** Money that came in and stands in no settlement yet: how old it is, where it is locked, and each piece of it. */
export const OutstandingPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const ageing = useQuery({
    queryKey: ['money', 'ageing'],
    queryFn: () => bodyOf(api.GET('/payments/outstanding/ageing')),
    meta: withAnyNews,
  });
  const locked = useQuery({ queryKey: ['money', 'locked'], queryFn: () => bodyOf(api.GET('/payments/cash-cycle')), meta: withAnyNews });
  return (
    <MoneyPage title={say('money.outstanding')}>
      <AgeingTable ageing={ageing} />
      <LockedTable locked={locked} />
      <Waits />
    </MoneyPage>
  );
};
