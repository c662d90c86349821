import type { ReactNode } from 'react';
import { fieldOf, instantIn } from '../../forms/instants';
import { Choice } from '../../tables/Choice';
import { useSpeech } from '../../words/words';
import type { SkuAddress } from '../address';

export type ChangeSkuAddress = (part: { readonly [Name in keyof SkuAddress]: SkuAddress[Name] | undefined }) => void;

interface SkuScopeProps {
  readonly address: SkuAddress;
  readonly locations: readonly string[];
  readonly change: ChangeSkuAddress;
}

/** Where, and as of when. */
export const SkuScope = ({ address: { location, asOf }, locations, change }: SkuScopeProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <section className="filters" aria-label={say('stock.scope')}>
      <Choice
        label={say('stock.location')}
        value={location}
        options={locations.map((each) => [each, each])}
        onChoose={(chosen) => change({ location: chosen })}
      />
      <label className="field">
        {say('stock.as-of')}
        <input type="datetime-local" step={1} value={fieldOf(asOf)} onChange={({ target }) => change({ asOf: instantIn(target.value) })} />
      </label>
      {asOf !== undefined && (
        <>
          <button type="button" className="button" onClick={() => change({ asOf: undefined })}>
            {say('stock.as-of.now')}
          </button>
          <p className="stale" role="status">
            {say('stock.as-of.then')}
          </p>
        </>
      )}
    </section>
  );
};
