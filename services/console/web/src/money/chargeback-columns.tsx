import type { ReactNode } from 'react';
import { Mark, Money, Time } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import type { Columns } from '../tables/columns';
import { useSpeech } from '../words/words';
import { urgencyOf, urgencyTones, type Chargeback } from './deadline';
import { OrderLink } from '../orders/OrderLink';

/** What somebody is about to do with a chargeback. */
export interface ChargebackDeed {
  readonly kind: 'evidence' | 'outcome';
  readonly chargeback: Chargeback;
}

const tones: Readonly<Record<Chargeback['status'], Tone>> = { open: 'wary', answered: 'going', won: 'good', lost: 'bad' };

const Status = ({ status }: Pick<Chargeback, 'status'>): ReactNode => (
  <Mark tone={tones[status]}>{useSpeech().name('money.chargeback', status)}</Mark>
);

const Deadline = ({ chargeback }: { readonly chargeback: Chargeback }): ReactNode => {
  const { name } = useSpeech();
  const { respondBy, decidedAt } = chargeback;
  const urgency = urgencyOf(chargeback, Date.now());
  return (
    <span className="marks">
      {respondBy !== null && decidedAt === null && <Time at={respondBy} as="since" />}
      {urgency && urgency !== 'waiting' && <Mark tone={urgencyTones[urgency]}>{name('money.urgency', urgency)}</Mark>}
    </span>
  );
};

const Deeds = ({ chargeback, onDeed }: { readonly chargeback: Chargeback; readonly onDeed: (deed: ChargebackDeed) => void }): ReactNode => {
  const { name } = useSpeech();
  if (chargeback.decidedAt !== null) return null;
  return (
    <span className="row-actions">
      {(['evidence', 'outcome'] as const).map((kind) => (
        <button key={kind} type="button" className="button" onClick={() => onDeed({ kind, chargeback })}>
          {name('money.chargeback.do', kind)}
        </button>
      ))}
    </span>
  );
};

/** A chargeback in a list. */
export const chargebackColumns = (onDeed: (deed: ChargebackDeed) => void): Columns<Chargeback> => ({
  list: 'chargebacks',
  rowId: ({ chargebackId }) => chargebackId,
  of: [
    { id: 'order', heading: 'column.number', show: ({ orderId }) => <OrderLink orderId={orderId} isRow /> },
    { id: 'status', heading: 'column.status', show: (chargeback) => <Status {...chargeback} /> },
    { id: 'deadline', heading: 'money.column.respond', show: (chargeback) => <Deadline chargeback={chargeback} /> },
    { id: 'reason', heading: 'money.column.why', show: ({ reason }) => <bdi>{reason}</bdi> },
    {
      id: 'reference',
      heading: 'money.column.reference',
      show: ({ reference }) => <bdi className="code">{reference}</bdi>,
      isUnseenAtFirst: true,
    },
    {
      id: 'evidence',
      heading: 'money.column.evidence',
      show: ({ evidence }) => <bdi>{evidence.map(({ kind, reference }) => `${kind} ${reference}`).join(', ')}</bdi>,
    },
    { id: 'opened', heading: 'money.column.opened', show: ({ openedAt }) => <Time at={openedAt} />, isUnseenAtFirst: true },
    {
      id: 'amount',
      heading: 'money.column.amount',
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      isAmount: true,
    },
    { id: 'deeds', heading: 'money.column.deeds', show: (chargeback) => <Deeds chargeback={chargeback} onDeed={onDeed} /> },
  ],
});
