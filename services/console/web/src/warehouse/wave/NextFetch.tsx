import { useState, type ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { Called } from '../Called';
import { leftOf, nextOf, type Wave } from './picking';
import { ShortPickForm } from './ShortPickForm';

/** What to fetch next, so large that it is read while walking. */
export const NextFetch = ({ wave }: { readonly wave: Wave }): ReactNode => {
  const { say } = useSpeech();
  const [isShort, setShort] = useState(false);
  const next = nextOf(wave);
  if (!next) return <p className="card next-fetch done">{say('warehouse.wave.done')}</p>;
  const { bin, tote, sku } = next;
  return (
    <section className="card next-fetch" aria-label={say('warehouse.next')}>
      <p className="next-bin">{bin.bin ?? say('warehouse.nowhere')}</p>
      <p>
        <strong className="number">{say('warehouse.next.units', { units: leftOf(tote) })}</strong>{' '}
        <span className="next-sku">
          <Called of={bin} />
        </span>
      </p>
      <p className="next-tote">{say('warehouse.next.tote', { tote: tote.tote })}</p>
      {tote.kit !== undefined && <p className="quiet">{say('warehouse.next.kit', { kit: sku })}</p>}
      <button type="button" className="button" onClick={() => setShort(true)}>
        {say('warehouse.short')}
      </button>
      {isShort && <ShortPickForm waveId={wave.waveId} of={next} onClose={() => setShort(false)} />}
    </section>
  );
};
