import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, Refusal, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Money, Time } from '../marks/Mark';
import { Empty, Shown } from '../states/states';
import { eventName } from '../words/languages';
import { useSpeech } from '../words/words';
import { Section } from '../frame/Section';

type Ledger = Schemas['MoneyExplanation'];

const headings = ['event', 'when', 'amount', 'effect', 'balance'] as const;

const LedgerTable = ({ ledger: { entries, currency } }: { readonly ledger: Ledger }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={say('order.money')}>
      <table className="rows">
        <thead>
          <tr>
            {headings.map((each, at) => (
              <th key={each} scope="col" className={at > 1 ? 'amount' : undefined}>
                {say(`order.money.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.eventId} ${entry.paymentId}`}>
              <th scope="row" title={entry.eventId}>
                <bdi>{eventName(entry.type)}</bdi>
              </th>
              <td>
                <Time at={entry.at} />
              </td>
              {[entry.amount, entry.effect, entry.balance].map((amount, at) => (
                <td key={headings[at]} className="amount">
                  <Money amount={amount} currency={currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** An order of which payment has heard nothing has no ledger, and that is no fault. */
const none = (fault: unknown): null => {
  if (fault instanceof Refusal && fault.code === 'PAYMENT_UNKNOWN') return null;
  throw fault;
};

/** Each cent, and the event that moved it. */
export const MoneyLedger = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const ledger = useQuery({
    queryKey: ['order', orderId, 'money'],
    queryFn: () => bodyOf<Ledger | null>(api.GET('/payments/{orderId}/explanation', { params: { path: { orderId } } })).catch(none),
  });
  return (
    <Section title={say('order.money')}>
      <Shown of={ledger} rows={3}>
        {(found) => (found && found.entries.length > 0 ? <LedgerTable ledger={found} /> : <Empty title={say('order.money.none')} />)}
      </Shown>
    </Section>
  );
};
