import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Mark } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { useSpeech } from '../words/words';
import { AlertMarks } from './AlertMarks';
import { Units } from './units';

export type StockRow = Schemas['ListedStock'];

interface SkuLinkProps {
  readonly sku: string;
  readonly location?: string;
}

/** To why there is as much of a SKU as there is. */
export const SkuLink = ({ sku, location }: SkuLinkProps): ReactNode => (
  <Link to="/stock/$sku" params={{ sku }} search={location === undefined ? {} : { location }} data-row className="code" dir="ltr">
    {sku}
  </Link>
);

const Place = ({ row: { location, active } }: { readonly row: StockRow }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <bdi>{location}</bdi>
      {!active && <Mark tone="calm">{say('stock.closed')}</Mark>}
    </span>
  );
};

const Item = ({ row: { sku, title, location } }: { readonly row: StockRow }): ReactNode => (
  <>
    <SkuLink sku={sku} location={location} />
    {title !== null && (
      <p className="quiet">
        <bdi>{title}</bdi>
      </p>
    )}
  </>
);

/** A SKU at a location, in a list. */
export const stockColumns: Columns<StockRow> = {
  list: 'stock',
  rowId: ({ sku, location }) => `${sku} ${location}`,
  of: [
    { id: 'sku', heading: 'stock.sku', show: (row) => <Item row={row} /> },
    { id: 'location', heading: 'stock.location', show: (row) => <Place row={row} /> },
    { id: 'atp', heading: 'stock.atp', show: ({ atp }) => <Units of={atp} />, isAmount: true },
    { id: 'onHand', heading: 'stock.on-hand', show: ({ onHand }) => <Units of={onHand} />, isAmount: true },
    { id: 'allocated', heading: 'stock.allocated', show: ({ allocated }) => <Units of={allocated} />, isAmount: true },
    { id: 'heldBack', heading: 'stock.held-back', show: ({ safetyStock }) => <Units of={safetyStock} />, isAmount: true },
    { id: 'unavailable', heading: 'stock.unavailable', show: ({ unavailable }) => <Units of={unavailable} />, isAmount: true },
    { id: 'alerts', heading: 'stock.alerts', show: ({ alerts }) => <AlertMarks alerts={alerts} /> },
  ],
};
