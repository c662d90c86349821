import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refusal, UNREACHABLE } from '../api/client';
import { Time } from '../marks/Mark';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';
import './states.css';

/** What is not there yet, as large as it will be. */
export const Loading = ({ rows = 4 }: { readonly rows?: number }): ReactNode => (
  <div className="bones" role="status">
    <span className="unseen">{useSpeech().say('loading')}</span>
    {Array.from({ length: rows }, (_, row) => (
      <span key={row} className="bone" />
    ))}
  </div>
);

export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode => (
  <div className="state">
    <p>{title}</p>
    {children !== undefined && <p className="quiet">{children}</p>}
  </div>
);

const faults: Readonly<Record<number, WordId>> = {
  0: 'fault.unreachable',
  502: 'fault.unreachable',
  403: 'fault.forbidden',
  404: 'fault.missing',
};

/** What another try does not mend. */
const final: ReadonlySet<number> = new Set([403, 404]);

interface Told {
  readonly title: WordId;
  readonly detail?: string;
  readonly number?: string | undefined;
  readonly isFinal: boolean;
}

const toldOf = (fault: unknown): Told => {
  if (!(fault instanceof Refusal)) return { title: 'fault.other', isFinal: false };
  const { status, code, message, correlationId } = fault;
  const detail = code === UNREACHABLE || message === '' ? {} : { detail: message };
  return { title: faults[status] ?? 'fault.other', ...detail, number: correlationId, isFinal: final.has(status) };
};

/** Why there is nothing to see, in words, and what can be done about it. */
export const Fault = ({ fault, again }: { readonly fault: unknown; readonly again?: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { title, detail, number, isFinal } = toldOf(fault);
  return (
    <div className="state" role="alert">
      <p>
        <strong>{say(title)}</strong>
      </p>
      <p className="quiet">{detail ?? (title === 'fault.unreachable' && say('fault.unreachable.detail'))}</p>
      {number !== undefined && <p className="quiet code">{say('fault.number', { id: number })}</p>}
      {again && !isFinal && (
        <button type="button" className="button" onClick={again}>
          {say('again')}
        </button>
      )}
    </div>
  );
};

/** That what is seen is as it was, while nobody answers. */
const Stale = ({ since }: { readonly since: number }): ReactNode => {
  const [before = '', after = ''] = useSpeech().say('stale', { since: '\u0000' }).split('\u0000');
  return (
    <p className="stale" role="status">
      {before}
      <Time at={new Date(since).toISOString()} as="since" />
      {after}
    </p>
  );
};

interface ShownProps<Data> {
  readonly of: Pick<UseQueryResult<Data>, 'data' | 'error' | 'dataUpdatedAt' | 'refetch' | 'isPending'>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked for, in each of its states: not there yet, refused, there, and there but old. */
export const Shown = <Data,>({ of: asked, rows, children }: ShownProps<Data>): ReactNode => {
  const { data, error, dataUpdatedAt } = asked;
  if (data === undefined)
    return error ? <Fault fault={error} again={() => void asked.refetch()} /> : <Loading {...(rows ? { rows } : {})} />;
  return (
    <>
      {error && <Stale since={dataUpdatedAt} />}
      {children(data)}
    </>
  );
};
