import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { useSettled } from '../../keys/useSettled';
import { HoldMark, Money, StatusMark, Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { eventName } from '../../words/languages';
import { useSpeech } from '../../words/words';
import { Section } from '../../frame/Section';
import { useCauses } from '../causes/useCauses';
import { momentsOf, writtenValue, type Moment } from './moments';
import './past.css';

const Then = ({ order }: { readonly order: Schemas['Order'] }): ReactNode => {
  const { count } = useSpeech();
  return (
    <div className="then">
      <p className="marks">
        <StatusMark kind="status" status={order.status} />
        {order.holds.map(({ holdId, type }) => (
          <HoldMark key={holdId} type={type} />
        ))}
        <Money amount={order.totals.total} currency={order.currency} />
      </p>
      <ul>
        {order.lines.map(({ lineId, quantity, sku, description, status }) => (
          <li key={lineId}>
            {count(quantity)} × <bdi>{description ?? sku}</bdi> <StatusMark kind="line" status={status} />
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What became another since then. */
const Since = ({ orderId, at }: { readonly orderId: string; readonly at: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const diff = useQuery({
    queryKey: ['order', orderId, 'diff', at],
    queryFn: () =>
      bodyOf(api.GET('/orders/{orderId}/diff', { params: { path: { orderId }, query: { from: at, to: new Date().toISOString() } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Shown of={diff} rows={2}>
      {({ changes }) => (
        <details>
          <summary>{say('past.since', { count: changes.length })}</summary>
          <dl className="changes">
            {changes.map(({ field, before, after }) => (
              <div key={field}>
                <dt className="code" dir="ltr">
                  {field}
                </dt>
                <dd>
                  <bdi>{writtenValue(before)}</bdi> → <bdi>{writtenValue(after)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Shown>
  );
};

const Slider = ({ orderId, moments }: { readonly orderId: string; readonly moments: readonly Moment[] }): ReactNode => {
  const { say, time } = useSpeech();
  const { api } = useServices();
  const [chosen, choose] = useState(moments.length - 1);
  const place = Math.min(chosen, moments.length - 1);
  const moment = moments[place];
  const at = useSettled(moment?.at ?? '');
  const then = useQuery({
    queryKey: ['order', orderId, 'as of', at],
    queryFn: () => bodyOf(api.GET('/orders/{orderId}', { params: { path: { orderId }, query: { asOf: at } } })),
    placeholderData: keepPreviousData,
    enabled: at !== '',
  });
  if (!moment) return null;
  return (
    <div className="past">
      <label className="field">
        {say('past.at')}
        <input
          type="range"
          min={0}
          max={moments.length - 1}
          value={place}
          aria-valuetext={`${time(moment.at)}: ${eventName(moment.type)}`}
          onChange={({ target }) => choose(target.valueAsNumber)}
        />
      </label>
      <p role="status">
        <Time at={moment.at} /> · {eventName(moment.type)}
      </p>
      <Shown of={then} rows={3}>
        {(order) => <Then order={order} />}
      </Shown>
      <Since orderId={orderId} at={at} />
    </div>
  );
};

/** The order as it was at any time of its life. */
export const Past = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const graph = useCauses(orderId, isOpen);
  return (
    <Section title={say('past')}>
      {isOpen ? (
        <Shown of={graph}>{({ events }) => <Slider orderId={orderId} moments={momentsOf(events)} />}</Shown>
      ) : (
        <p className="list-foot">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {say('past.show')}
          </button>
        </p>
      )}
    </Section>
  );
};
