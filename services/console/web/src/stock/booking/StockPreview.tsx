import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { useSettled } from '../../keys/useSettled';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { Change } from '../units';

type Preview = Schemas['Preview'];

const Effects = ({ of: { effect, events } }: { readonly of: Preview }): ReactNode => {
  const { say, name } = useSpeech();
  if (events.length === 0) return <p>{say('ask.preview.nothing')}</p>;
  if (effect.stock.length === 0) return <p>{say('stock.preview.none')}</p>;
  return (
    <ul className="effects">
      {effect.stock.map(({ kind, sku, location, quantity }, at) => (
        <li key={at}>
          {name('stock', kind)}: <Change by={quantity} /> × <bdi className="code">{sku}</bdi> <bdi>{location}</bdi>
        </li>
      ))}
    </ul>
  );
};

interface StockPreviewProps {
  /** What is asked for; nothing while it is not filled in. */
  readonly asked: object | undefined;
  readonly ask: () => Promise<unknown>;
}

/** What would be booked, by the rules that would decide it. Nothing is. */
export const StockPreview = ({ asked, ask }: StockPreviewProps): ReactNode => {
  const { say } = useSpeech();
  const filledIn = JSON.stringify(asked) ?? '';
  const settled = useSettled(filledIn);
  const preview = useQuery({
    queryKey: ['stock', 'preview', settled],
    queryFn: async () => (await ask()) as Preview,
    enabled: settled !== '' && settled === filledIn,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  if (asked === undefined) return null;
  return (
    <div className="stock-preview">
      <h3>{say('ask.preview')}</h3>
      <Shown of={preview} rows={1}>
        {(found) => <Effects of={found} />}
      </Shown>
    </div>
  );
};
