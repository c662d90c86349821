import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Time } from '../../marks/Mark';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import type { SkuAddress } from '../address';
import { Part } from '../../frame/Part';
import { Change, Units } from '../units';

type Movement = Schemas['StockMovement'];

/** Leads to how it stood right after it. */
const When = ({ of: { sku, position, at } }: { readonly of: Movement }): ReactNode => (
  <Link to="/stock/$sku" params={{ sku }} search={(before) => ({ ...before, asOf: position })} data-row>
    <Time at={at} />
  </Link>
);

const What = ({ of: { kind, reason } }: { readonly of: Movement }): ReactNode => {
  const { name } = useSpeech();
  return (
    <>
      {name('stock.movement', kind)}
      {reason !== null && <span className="quiet"> · {name('stock.cause', reason)}</span>}
    </>
  );
};

const columns: Columns<Movement> = {
  list: 'stock-movements',
  rowId: ({ id }) => id,
  of: [
    { id: 'at', heading: 'stock.when', show: (movement) => <When of={movement} /> },
    { id: 'kind', heading: 'stock.why.movement', show: (movement) => <What of={movement} /> },
    { id: 'location', heading: 'stock.location', show: ({ location }) => <bdi>{location}</bdi> },
    { id: 'reference', heading: 'stock.for', show: ({ reference }) => <bdi className="code">{reference}</bdi>, isUnseenAtFirst: true },
    { id: 'onHand', heading: 'stock.on-hand', show: ({ onHand }) => <Change by={onHand} />, isAmount: true },
    { id: 'reserved', heading: 'stock.reserved', show: ({ reserved }) => <Change by={reserved} />, isAmount: true },
    { id: 'allocated', heading: 'stock.allocated', show: ({ allocated }) => <Change by={allocated} />, isAmount: true },
    { id: 'heldBack', heading: 'stock.held-back', show: ({ safetyStock }) => <Change by={safetyStock} />, isAmount: true },
    {
      id: 'unavailable',
      heading: 'stock.unavailable',
      show: ({ unavailable }) => <Change by={unavailable} />,
      isAmount: true,
      isUnseenAtFirst: true,
    },
    { id: 'atp', heading: 'stock.atp-after', show: ({ atp }) => <Units of={atp} />, isAmount: true },
  ],
};

/** Every change with its cause, the newest first. */
export const Movements = ({ sku, address }: { readonly sku: string; readonly address: SkuAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Movement>(['stock', 'movements', sku, address], (page) =>
    bodyOf(api.GET('/inventory/items/{sku}/movements', { params: { path: { sku }, query: { ...address, ...page } } })),
  );
  return (
    <Part title={say('stock.movements')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('stock.movements')}
        none={{ title: say('stock.why.none') }}
        counted={(count) => say('stock.movements.shown', { count })}
      />
    </Part>
  );
};
