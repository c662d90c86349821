import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { instantsOf } from '../formats/days';
import { Empty, Fault, Loading } from '../states/states';
import { useSpeech } from '../words/words';
import { ExampleTable } from './ExampleTable';
import { FigureTable } from './FigureTable';
import type { KindId, RuleKind } from './kinds/kind';
import { ShiftTable } from './ShiftTable';
import type { Trial } from './trial';

const tried = ['routing', 'verification', 'returns', 'carriers'] as const satisfies readonly KindId[];
const hasTrial = (id: KindId): id is (typeof tried)[number] => tried.some((each) => each === id);

const TrialOf = ({ kind, trial }: { readonly kind: RuleKind; readonly trial: Trial }): ReactNode => {
  const { say } = useSpeech();
  const { checked, unchanged, figures, shifts, examples } = trial;
  if (checked === 0)
    return (
      <div className="card">
        <Empty title={say('rules.trial.none')}>{say('rules.trial.none.hint')}</Empty>
      </div>
    );
  return (
    <>
      <p role="status">{say('rules.trial.sum', { checked, changed: checked - unchanged })}</p>
      {figures.length > 0 && <FigureTable figures={figures} label={say('rules.view.trial')} />}
      {shifts.length > 0 && <ShiftTable kind={kind} shifts={shifts} />}
      {examples.length > 0 && <ExampleTable examples={examples} />}
    </>
  );
};

/** What a version would have decided of the past, each decision by itself. Nothing is changed by it. */
export const TrialView = ({ kind, version }: { readonly kind: RuleKind; readonly version: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [period, setPeriod] = useState({ from: '', to: '' });
  const trying = useMutation({ mutationFn: async () => (await kind.trial?.(api, version, instantsOf(period))) ?? null });
  return (
    <div className="trial">
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          trying.mutate();
        }}
      >
        <TextField label={say('rules.trial.from')} kind="date" value={period.from} onChange={(from) => setPeriod({ ...period, from })} />
        <TextField label={say('rules.trial.to')} kind="date" value={period.to} onChange={(to) => setPeriod({ ...period, to })} />
        <button type="submit" className="button main" disabled={trying.isPending}>
          {say('rules.trial.do')}
        </button>
      </form>
      <p className="quiet">{say(`rules.trial.${hasTrial(kind.id) ? kind.id : 'routing'}`)}</p>
      {trying.isPending && <Loading rows={4} />}
      {trying.error && <Fault fault={trying.error} again={() => trying.mutate()} />}
      {trying.data && <TrialOf kind={kind} trial={trying.data} />}
    </div>
  );
};
