import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { toneOf, type Tone } from './tones';
import './marks.css';

export const Mark = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode => (
  <span className={`mark ${tone}`}>{children}</span>
);

/** Where an order, a line or a parcel stands. */
export const StatusMark = ({ kind, status }: { readonly kind: 'status' | 'line' | 'parcel'; readonly status: string }): ReactNode => (
  <Mark tone={toneOf(status)}>{useSpeech().name(kind, status)}</Mark>
);

export const HoldMark = ({ type }: { readonly type: string }): ReactNode => <Mark tone="wary">{useSpeech().name('hold', type)}</Mark>;

/** A time as the reader counts it, and exactly for whoever points at it. */
export const Time = ({ at, as = 'time' }: { readonly at: string; readonly as?: 'time' | 'since' }): ReactNode => {
  const speech = useSpeech();
  return (
    <time dateTime={at} title={speech.exactTime(at)}>
      {as === 'since' ? speech.since(at) : speech.time(at)}
    </time>
  );
};

export const Money = ({ amount, currency }: { readonly amount: number; readonly currency: string }): ReactNode => (
  <span className="number">{useSpeech().money(amount, currency)}</span>
);
