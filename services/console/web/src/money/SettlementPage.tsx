import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import { withAnyNews } from '../live/live';
import { Mark, Money, Time } from '../marks/Mark';
import { Shown } from '../states/states';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { outcomeTones } from './line-columns';
import { MoneyPage } from './MoneyPage';
import { Rejections } from './Rejections';
import { fileColumns } from './SettlementsPage';
import { TakeFileDialog } from './TakeFileDialog';

type Report = Schemas['SettlementReport'];
type Total = Report['totals'][number];
type Group = Report['groups'][number];
type Payout = Report['payouts'][number];

const route = getRouteApi('/money/settlements/$settlementId');

/** What the lines come to, in one currency, and whether that is what was paid out. */
const TotalOf = ({ total }: { readonly total: Total }): ReactNode => {
  const { say, count } = useSpeech();
  const { currency, lines, gross, fee, net, payout, unexplained, matched, mismatched } = total;
  const amounts = [
    ['money.total.gross', gross],
    ['money.total.fee', fee],
    ['money.total.net', net],
    ['money.total.matched', matched],
    ['money.total.mismatched', mismatched],
    ['money.total.payout', payout],
    ['money.total.unexplained', unexplained],
  ] as const;
  return (
    <dl className="money-facts">
      <div>
        <dt>{say('money.column.lines')}</dt>
        <dd className="number">{count(lines)}</dd>
      </div>
      {amounts.map(
        ([id, amount]) =>
          amount !== null && (
            <div key={id}>
              <dt>{say(id)}</dt>
              <dd>
                <Money amount={amount} currency={currency} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
};

const Outcome = ({ outcome, resolution }: Pick<Group, 'outcome' | 'resolution'>): ReactNode => {
  const { name } = useSpeech();
  return (
    <span className="marks">
      <Mark tone={outcomeTones[outcome]}>{name('money.outcome', outcome)}</Mark>
      {resolution !== null && <Mark tone="calm">{name('money.resolution', resolution)}</Mark>}
    </span>
  );
};

const Kind = ({ kind }: Pick<Group, 'kind'>): ReactNode => useSpeech().name('money.kind', kind);
const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const amountColumn = (id: 'gross' | 'fee' | 'net') => ({
  id,
  heading: `money.total.${id}` as const,
  show: (group: Group) => <Money amount={group[id]} currency={group.currency} />,
  isAmount: true,
});

const groupColumns: Columns<Group> = {
  list: 'settlement-groups',
  rowId: ({ kind, outcome, resolution, currency }) => [kind, outcome, resolution, currency].join(' '),
  of: [
    { id: 'kind', heading: 'money.column.kind', show: (group) => <Kind {...group} /> },
    { id: 'outcome', heading: 'money.column.outcome', show: (group) => <Outcome {...group} /> },
    { id: 'lines', heading: 'money.column.lines', show: ({ lines }) => <Count count={lines} />, isAmount: true },
    amountColumn('gross'),
    amountColumn('fee'),
    amountColumn('net'),
  ],
};

const PayoutStatus = ({ payout: { status, reason } }: { readonly payout: Payout }): ReactNode => {
  const { name } = useSpeech();
  return (
    <span className="marks">
      <Mark tone={status === 'failed' ? 'bad' : 'good'}>{name('money.payout', status)}</Mark>
      {reason !== null && <bdi>{reason}</bdi>}
    </span>
  );
};

const payoutColumns: Columns<Payout> = {
  list: 'payouts',
  rowId: ({ payoutId }) => payoutId,
  of: [
    { id: 'number', heading: 'money.column.number', show: ({ number }) => <bdi className="code">{number}</bdi> },
    { id: 'status', heading: 'column.status', show: (payout) => <PayoutStatus payout={payout} /> },
    { id: 'arrives', heading: 'money.column.arrives', show: ({ arrivesAt }) => arrivesAt !== null && <Time at={arrivesAt} /> },
    {
      id: 'amount',
      heading: 'money.column.amount',
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      isAmount: true,
    },
  ],
};

const Actions = ({ report: { settlementId, settlementSource, rejected } }: { readonly report: Report }): ReactNode => {
  const { say } = useSpeech();
  const [isMending, setMending] = useState(false);
  return (
    <p className="row-actions">
      <Link to="/money/lines" search={{ settlementId }} className="button">
        {say('money.settlement.lines')}
      </Link>
      {rejected > 0 && (
        <button type="button" className="button" onClick={() => setMending(true)}>
          {say('money.mend')}
        </button>
      )}
      {isMending && <TakeFileDialog sources={[settlementSource]} mends={settlementId} onClose={() => setMending(false)} />}
    </p>
  );
};

const ReportOf = ({ report }: { readonly report: Report }): ReactNode => {
  const { say } = useSpeech();
  const { settlementId, totals, groups, payouts, files, rejected } = report;
  return (
    <>
      <Part title={say('money.settlement.totals')} aside={<Actions report={report} />}>
        <div className="card">
          {totals.map((total) => (
            <TotalOf key={total.currency} total={total} />
          ))}
        </div>
      </Part>
      {payouts.length > 0 && (
        <Part title={say('money.settlement.payouts')}>
          <RowTable columns={payoutColumns} rows={payouts} label={say('money.settlement.payouts')} />
        </Part>
      )}
      <Part title={say('money.settlement.groups')}>
        <RowTable columns={groupColumns} rows={groups} label={say('money.settlement.groups')} />
      </Part>
      {rejected > 0 && <Rejections settlementId={settlementId} />}
      <Part title={say('money.files')}>
        <RowTable columns={fileColumns} rows={files} label={say('money.files')} />
      </Part>
    </>
  );
};

/** A settlement: whether its lines are what was paid out, and what of them agrees with what moved. */
export const SettlementPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { settlementId } = route.useParams();
  const report = useQuery({
    queryKey: ['money', 'settlement', settlementId],
    queryFn: () => bodyOf(api.GET('/payments/settlements/{settlementId}', { params: { path: { settlementId } } })),
    meta: withAnyNews,
  });
  const source = report.data?.settlementSource;
  return (
    <MoneyPage title={source === undefined ? say('money.settlement') : say('money.settlement.of', { source })}>
      <Shown of={report} rows={8}>
        {(found) => <ReportOf report={found} />}
      </Shown>
    </MoneyPage>
  );
};
