import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { Mark } from '../../marks/Mark';
import { Empty } from '../../states/states';
import type { Columns } from '../../tables/columns';
import { RowTable } from '../../tables/RowTable';
import { useSpeech } from '../../words/words';
import { Part } from '../../frame/Part';
import { Units } from '../units';

export type Availability = Schemas['Availability']['items'][number];
type At = Availability['locations'][number];

const Place = ({ of: { location, active } }: { readonly of: At }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <Link to="." search={(before) => ({ ...before, location })} data-row>
        <bdi>{location}</bdi>
      </Link>
      {!active && <Mark tone="calm">{say('stock.closed')}</Mark>}
    </span>
  );
};

const columns: Columns<At> = {
  list: 'stock-at-locations',
  rowId: ({ location }) => location,
  of: [
    { id: 'location', heading: 'stock.location', show: (at) => <Place of={at} /> },
    { id: 'atp', heading: 'stock.atp', show: ({ atp }) => <Units of={atp} />, isAmount: true },
    { id: 'onHand', heading: 'stock.on-hand', show: ({ onHand }) => <Units of={onHand} />, isAmount: true },
    { id: 'allocated', heading: 'stock.allocated', show: ({ allocated }) => <Units of={allocated} />, isAmount: true },
    { id: 'heldBack', heading: 'stock.held-back', show: ({ safetyStock }) => <Units of={safetyStock} />, isAmount: true },
    { id: 'unavailable', heading: 'stock.unavailable', show: ({ unavailable }) => <Units of={unavailable} />, isAmount: true },
  ],
};

const Network = ({ of }: { readonly of: Availability }): ReactNode => {
  const { say } = useSpeech();
  const tiles = [
    [say('stock.atp'), of.atp],
    [say('stock.on-hand'), of.onHand],
    [say('stock.reserved'), of.reserved],
    [say('stock.allocated'), of.allocated],
    [say('stock.held-back'), of.safetyStock],
  ] as const;
  return (
    <dl className="stock-tiles">
      {tiles.map(([name, units]) => (
        <div key={name} className="card stock-tile">
          <dt className="quiet">{name}</dt>
          <dd>
            <Units of={units} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** What can be promised of it, over the network and by location. */
export const AtLocations = ({ of }: { readonly of: Availability }): ReactNode => {
  const { say } = useSpeech();
  const rows = useMemo(() => of.locations, [of]);
  return (
    <Part title={say('stock.where')}>
      <Network of={of} />
      {of.parts !== undefined && (
        <p className="quiet">{say('stock.kit', { parts: of.parts.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ') })}</p>
      )}
      {rows.length > 0 ? (
        <RowTable columns={columns} rows={rows} label={say('stock.where')} />
      ) : (
        of.parts === undefined && (
          <div className="card">
            <Empty title={say('stock.nowhere')}>{say('stock.nowhere.hint')}</Empty>
          </div>
        )
      )}
    </Part>
  );
};
