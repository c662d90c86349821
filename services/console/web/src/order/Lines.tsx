import type { ReactNode } from 'react';
import { Money, StatusMark } from '../marks/Mark';
import { useSpeech } from '../words/words';
import type { Desk } from './OrderPage';
import { Section } from '../frame/Section';
import { whereaboutsOf, type Whereabouts } from './whereabouts';

type Line = Desk['order']['lines'][number];

const Place = ({ of }: { readonly of: Whereabouts }): ReactNode => {
  const { say } = useSpeech();
  if (of.is === 'short') return say('order.line.short', { requested: of.requested, available: of.available });
  if (of.is === 'at') return say('order.line.at', { count: of.count, location: of.location });
  return say(`order.line.${of.is}`, { count: of.count });
};

interface LineRowProps {
  readonly line: Line;
  readonly stock: Desk['stock'][number] | undefined;
  readonly currency: string;
}

const LineRow = ({ line, stock, currency }: LineRowProps): ReactNode => (
  <tr>
    <th scope="row">
      <bdi>{line.description ?? line.sku}</bdi>
      {line.description !== undefined && <p className="quiet code">{line.sku}</p>}
    </th>
    <td className="amount number">{useSpeech().count(line.quantity)}</td>
    <td>
      <StatusMark kind="line" status={line.status} />
    </td>
    <td>
      <ul>
        {whereaboutsOf(line, stock).map((each) => (
          <li key={each.is === 'at' ? each.location : each.is}>
            <Place of={each} />
          </li>
        ))}
      </ul>
    </td>
    <td className="amount">
      <Money amount={line.unitPrice} currency={currency} />
    </td>
    <td className="amount">
      <Money amount={line.total} currency={currency} />
    </td>
  </tr>
);

const Totals = ({ order: { totals, currency, taxIncluded } }: { readonly order: Desk['order'] }): ReactNode => {
  const { say } = useSpeech();
  const rows = [
    [say('order.goods'), totals.goods],
    [say('order.discount'), -totals.discount],
    [say('order.delivery'), totals.shipping],
    [say(taxIncluded ? 'order.tax.included' : 'order.tax'), totals.tax],
  ] as const;
  return (
    <dl className="totals">
      {rows.map(
        ([name, amount]) =>
          amount !== 0 && (
            <div key={name} className="pair">
              <dt>{name}</dt>
              <dd>
                <Money amount={amount} currency={currency} />
              </dd>
            </div>
          ),
      )}
      <div className="pair total">
        <dt>{say('order.total')}</dt>
        <dd>
          <Money amount={totals.total} currency={currency} />
        </dd>
      </div>
    </dl>
  );
};

const headings = ['item', 'quantity', 'state', 'where', 'price', 'total'] as const;
const amounts: ReadonlySet<string> = new Set(['quantity', 'price', 'total']);

/** What was ordered, and where each unit is. */
export const Lines = ({ order, stock }: Pick<Desk, 'order' | 'stock'>): ReactNode => {
  const { say } = useSpeech();
  return (
    <Section title={say('order.lines')}>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={say('order.lines')}>
        <table className="rows">
          <thead>
            <tr>
              {headings.map((each) => (
                <th key={each} scope="col" className={amounts.has(each) ? 'amount' : undefined}>
                  {say(`order.line.${each}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <LineRow key={line.lineId} line={line} currency={order.currency} stock={stock.find(({ lineId }) => lineId === line.lineId)} />
            ))}
          </tbody>
        </table>
      </div>
      <Totals order={order} />
    </Section>
  );
};
