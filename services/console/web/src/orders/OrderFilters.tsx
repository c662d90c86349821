import type { ReactNode } from 'react';
import { Choice } from '../tables/Choice';
import { useSpeech } from '../words/words';
import { orderStatuses, type OrdersAddress } from './address';

export type ChangeAddress = (part: { readonly [Name in keyof OrdersAddress]: OrdersAddress[Name] | undefined }) => void;

/** Types of holds that somebody may look for; others come by links. */
const holds = ['stock-short', 'payment-review', 'payment-declined', 'payment-due', 'unfillable', 'operator', 'fraud', 'address'] as const;

interface OrderFiltersProps {
  readonly address: OrdersAddress;
  readonly change: ChangeAddress;
  readonly onClear: () => void;
}

const Alarm = ({ address: { late, atRisk }, change }: Pick<OrderFiltersProps, 'address' | 'change'>): ReactNode => {
  const { say } = useSpeech();
  return (
    <Choice
      label={say('orders.filter.alarm')}
      value={late ? 'late' : atRisk ? 'at-risk' : undefined}
      options={(['late', 'at-risk'] as const).map((each) => [each, say(`queue.${each}`)])}
      onChoose={(chosen) => change({ late: chosen === 'late' || undefined, atRisk: chosen === 'at-risk' || undefined })}
    />
  );
};

const Wishes = ({ address: { special }, change }: Pick<OrderFiltersProps, 'address' | 'change'>): ReactNode => {
  const { say } = useSpeech();
  return (
    <Choice
      label={say('orders.filter.wishes')}
      value={special ? 'special' : undefined}
      options={[['special', say('orders.special')]]}
      onChoose={(chosen) => change({ special: chosen === 'special' || undefined })}
    />
  );
};

/** What the list is narrowed to. Filters that come by links only are shown by their value, so that nobody wonders. */
export const OrderFilters = ({ address, change, onClear }: OrderFiltersProps): ReactNode => {
  const { say, name } = useSpeech();
  const { status, hold, channel, sku, location, customer } = address;
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <Choice
        label={say('orders.filter.status')}
        value={status}
        options={orderStatuses.map((each) => [each, name('status', each)])}
        onChoose={(chosen) => change({ status: orderStatuses.find((each) => each === chosen) })}
      />
      <Choice
        label={say('orders.filter.hold')}
        value={hold}
        options={holds.map((each) => [each, name('hold', each)])}
        onChoose={(chosen) => change({ hold: chosen })}
      />
      <Alarm address={address} change={change} />
      <Wishes address={address} change={change} />
      {[channel, sku, location, customer].map((value) => value !== undefined && <span key={value}>{value}</span>)}
      {Object.keys(address).length > 0 && (
        <button type="button" className="button" onClick={onClear}>
          {say('list.clear')}
        </button>
      )}
    </section>
  );
};
