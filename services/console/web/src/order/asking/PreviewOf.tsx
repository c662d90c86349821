import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useServices } from '../../api/services';
import { Money, Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import type { Desk } from '../OrderPage';
import type { Asking, Decision, Preview } from './asking';
import { unitsIn } from './units';

interface PreviewOfProps extends Pick<Desk, 'order'> {
  readonly asking: Asking;
  readonly decision: Decision;
  readonly previewKey: string;
  /** Whether there is something that would be done. */
  readonly onPossible: (isPossible: boolean) => void;
}

const promised = ['shipBy', 'deliverBy', 'promisedAt'] as const;
const promiseWords = { shipBy: 'promise.ship-by', deliverBy: 'promise.deliver-by', promisedAt: 'promise.expected' } as const;

const Promises = ({ promises }: Pick<Preview['effect'], 'promises'>): ReactNode => {
  const { say } = useSpeech();
  return promises.flatMap((each, at) =>
    promised.map((kind) => {
      const when = each[kind];
      return (
        when !== undefined && (
          <li key={`${at} ${kind}`}>
            {say(promiseWords[kind])} <Time at={when} />
          </li>
        )
      );
    }),
  );
};

export const Effects = ({ preview: { effect, asks }, currency }: { readonly preview: Preview; readonly currency: string }): ReactNode => {
  const { say, name, count } = useSpeech();
  const isQuiet = effect.money.length + effect.stock.length + effect.promises.length + asks.length === 0;
  return (
    <ul className="effects">
      {effect.money.map((each, at) => (
        <li key={`money ${at}`}>
          {name('money', each.kind)}: <Money amount={each.amount} currency={each.currency ?? currency} />
        </li>
      ))}
      {unitsIn(effect.stock).map(({ kind, sku, location, quantity }, at) => (
        <li key={`stock ${at}`}>
          {name('stock', kind)}: <span className="number">{count(quantity)}</span> × <bdi className="code">{sku}</bdi> {location}
        </li>
      ))}
      <Promises promises={effect.promises} />
      {asks.length > 0 && <li>{say('ask.preview.asks', { asks: asks.join(', ') })}</li>}
      {isQuiet && <li>{say('ask.preview.quiet')}</li>}
    </ul>
  );
};

/** What a decision would do, by the rules that would decide it; nothing is done. */
export const PreviewOf = ({ order, asking, decision, previewKey, onPossible }: PreviewOfProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const isDecided = asking.isDecided(decision);
  const preview = useQuery({
    queryKey: ['order', order.orderId, 'preview', asking.kind, previewKey],
    queryFn: async () => (await asking.send(api, order.orderId, decision, { preview: true, key: previewKey })) as Preview,
    enabled: isDecided,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const wouldChange = isDecided && (preview.data?.events.length ?? 0) > 0 && !preview.error;
  useEffect(() => onPossible(wouldChange), [wouldChange, onPossible]);
  if (!isDecided) return <p className="quiet">{say(`ask.undecided.${asking.kind}`)}</p>;
  return (
    <Shown of={preview} rows={2}>
      {(found) => (found.events.length === 0 ? <p>{say('ask.preview.nothing')}</p> : <Effects preview={found} currency={order.currency} />)}
    </Shown>
  );
};
