import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { Called } from '../Called';
import { leftOf, type Wave } from './picking';

type Bin = Wave['bins'][number];

const BinEntry = ({ of }: { readonly of: Bin }): ReactNode => {
  const { say } = useSpeech();
  const { bin, quantity, picked, short } = of;
  return (
    <li className={leftOf(of) === 0 ? 'bin-entry done' : 'bin-entry'}>
      <strong>{bin ?? say('warehouse.nowhere')}</strong>
      <span>
        <Called of={of} />
      </span>
      <span className="number">
        {say('warehouse.of', { picked, quantity })}
        {short > 0 && <span className="bin-short"> · {say('warehouse.missing', { short })}</span>}
      </span>
    </li>
  );
};

/** What is taken from each bin, in the order of the way. */
export const PickList = ({ wave: { bins, out } }: { readonly wave: Wave }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <section className="card" aria-label={say('warehouse.list')}>
      <h2>{say('warehouse.list')}</h2>
      <ul>
        {bins.map((bin) => (
          <BinEntry key={`${bin.bin} ${bin.sku}`} of={bin} />
        ))}
      </ul>
      {out.map(({ shipmentId, tote, reason }) => (
        <p key={shipmentId} className="bin-entry quiet">
          {say('warehouse.out', { tote })}: {name('warehouse.out', reason)}
        </p>
      ))}
    </section>
  );
};
