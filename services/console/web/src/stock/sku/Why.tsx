import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, Refusal } from '../../api/client';
import { useServices } from '../../api/services';
import { withAnyNews } from '../../live/live';
import { Time } from '../../marks/Mark';
import { Empty, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import type { SkuAddress } from '../address';
import { Part } from '../../frame/Part';
import { Change, figureNames, Units, type Figure } from '../units';
import { whyOf, type Explanation } from './why';

interface OfSku {
  readonly sku: string;
  readonly address: SkuAddress;
}

type Group = Explanation['movements'][number];

interface GroupRowProps {
  readonly group: Group;
  readonly columns: readonly Figure[];
}

const GroupRow = ({ group, columns }: GroupRowProps): ReactNode => {
  const { name } = useSpeech();
  return (
    <tr>
      <th scope="row">
        {name('stock.movement', group.kind)}
        {group.reason !== null && <span className="quiet"> · {name('stock.cause', group.reason)}</span>}
      </th>
      <td className="amount">
        <Units of={group.movements} />
      </td>
      {columns.map((figure) => (
        <td key={figure} className="amount">
          <Change by={group[figure]} />
        </td>
      ))}
    </tr>
  );
};

const SumRow = ({ of, columns }: { readonly of: Explanation; readonly columns: readonly Figure[] }): ReactNode => (
  <tr>
    <th scope="row" colSpan={2}>
      {useSpeech().say('stock.why.sum')}
    </th>
    {columns.map((figure) => (
      <td key={figure} className="amount">
        <Units of={of[figure]} />
      </td>
    ))}
  </tr>
);

const Groups = ({ explanation }: { readonly explanation: Explanation }): ReactNode => {
  const { say } = useSpeech();
  const { rows, columns } = whyOf(explanation);
  const amounts = [say('stock.why.times'), ...columns.map((figure) => say(figureNames[figure]))];
  return (
    <div className="card table-scroll" tabIndex={0} role="group" aria-label={say('stock.why.units')}>
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{say('stock.why.movement')}</th>
            {amounts.map((heading) => (
              <th key={heading} scope="col" className="amount">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((group) => (
            <GroupRow key={`${group.kind} ${group.reason}`} group={group} columns={columns} />
          ))}
        </tbody>
        <tfoot>
          <SumRow of={explanation} columns={columns} />
        </tfoot>
      </table>
    </div>
  );
};

const Answer = ({ explanation }: { readonly explanation: Explanation }): ReactNode => {
  const { say } = useSpeech();
  const { onHand, reserved, allocated, safetyStock, asOf } = explanation;
  const { isClosed } = whyOf(explanation);
  return (
    <p className="why">
      <strong className="why-atp number">
        <Units of={explanation.atp} />
      </strong>
      <span>
        {isClosed ? say('stock.why.closed', { onHand }) : say('stock.why.is', { onHand, reserved, allocated, heldBack: safetyStock })}
        <span className="quiet">
          {' · '}
          <Time at={asOf} />
        </span>
      </span>
    </p>
  );
};

/** What was not there yet, then, had nothing. */
const nothingYet = (fault: unknown): null => {
  if (fault instanceof Refusal && fault.code === 'LOCATION_UNKNOWN') return null;
  throw fault;
};

/** Every unit by what moved it, now or then. */
export const Why = ({ sku, address }: OfSku): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const explanation = useQuery({
    queryKey: ['stock', 'why', sku, address],
    queryFn: () =>
      bodyOf<Explanation | null>(api.GET('/inventory/items/{sku}/explanation', { params: { path: { sku }, query: { ...address } } })).catch(
        nothingYet,
      ),
    meta: withAnyNews,
  });
  const atp = explanation.data?.atp;
  return (
    <Part title={atp === undefined ? say('stock.why') : say('stock.why.number', { atp })}>
      <Shown of={explanation}>
        {(found) =>
          found === null || found.movements.length === 0 ? (
            <div className="card">
              <Empty title={say('stock.why.none')}>{say('stock.why.none.hint')}</Empty>
            </div>
          ) : (
            <>
              <Answer explanation={found} />
              <Groups explanation={found} />
            </>
          )
        }
      </Shown>
    </Part>
  );
};
