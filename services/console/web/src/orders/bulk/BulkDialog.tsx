import { useState, type ReactNode } from 'react';
import { Refusal } from '../../api/client';
import { ChoiceField } from '../../forms/fields';
import { Dialog } from '../../frame/Dialog';
import { Money } from '../../marks/Mark';
import { useSpeech } from '../../words/words';
import { numberOf } from '../numbers';
import type { OrderRow } from '../finding';
import { bulkReasons, moneyIn, wouldChange, type BulkKind } from './bulk';
import { useBulk, type EndedOrder, type Progress } from './useBulk';

const whyNot = (fault: unknown): string => (fault instanceof Refusal ? fault.message || fault.code : String(fault));

/** Orders for which it was refused, each with the reason. */
const Refused = ({ title, of }: { readonly title: string; readonly of: readonly EndedOrder[] }): ReactNode =>
  of.length > 0 && (
    <section>
      <h3>{title}</h3>
      <ul className="bulk-refused">
        {of.map(({ item, fault }) => (
          <li key={item.orderId}>
            <bdi className="code">{numberOf(item)}</bdi>
            {fault !== undefined && <bdi className="quiet"> {whyNot(fault)}</bdi>}
          </li>
        ))}
      </ul>
    </section>
  );

const Effects = ({ ended }: { readonly ended: readonly EndedOrder[] }): ReactNode => {
  const { name } = useSpeech();
  const previews = ended.flatMap(({ item, result = [] }) => result.map((preview) => [item.currency, preview] as const));
  return (
    <ul className="effects">
      {moneyIn(previews).map(({ kind, currency, amount }) => (
        <li key={`${kind} ${currency}`}>
          {name('money', kind)}: <Money amount={amount} currency={currency} />
        </li>
      ))}
    </ul>
  );
};

const Going = ({ progress: { is, done, all } }: { readonly progress: Progress }): ReactNode => {
  const { say } = useSpeech();
  const text = is === 'looking' ? say('bulk.looking', { done, all }) : say('bulk.doing', { done, all });
  return (
    <p role="status">
      <progress value={done} max={all} aria-label={text} /> {text}
    </p>
  );
};

/** What it would do, or what was done. */
const Outcome = ({ progress: { is, ended, all } }: { readonly progress: Progress }): ReactNode => {
  const { say } = useSpeech();
  const isDone = is === 'ended';
  const good = ended.filter((each) => (isDone ? each.fault === undefined : wouldChange(each)));
  return (
    <>
      <p role="status">{say(isDone ? 'bulk.ended' : 'bulk.possible', { count: good.length, all })}</p>
      {!isDone && <Effects ended={good} />}
      <Refused title={say(isDone ? 'bulk.failed' : 'bulk.refused')} of={ended.filter((each) => !good.includes(each))} />
    </>
  );
};

interface BulkDialogProps {
  readonly kind: BulkKind;
  readonly orders: readonly OrderRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface ChoicesProps extends Pick<BulkDialogProps, 'kind'> {
  readonly progress: Progress;
  readonly begin: () => void;
  readonly close: () => void;
}

const Choices = ({ kind, progress: { is, ended }, begin, close }: ChoicesProps): ReactNode => {
  const { say, name } = useSpeech();
  const canBegin = is === 'ready' && ended.some(wouldChange);
  return (
    <p className="choices">
      <button type="button" className="button" onClick={close}>
        {say(is === 'ended' ? 'close' : 'ask.leave')}
      </button>
      {is !== 'ended' && (
        <button type="button" className={kind === 'cancel' ? 'button grave' : 'button main'} disabled={!canBegin} onClick={begin}>
          {name('action', kind)}
        </button>
      )}
    </p>
  );
};

/** Asks the same of many orders, after it was seen what it would do to each. */
export const BulkDialog = ({ kind, orders, onDone, onClose }: BulkDialogProps): ReactNode => {
  const { say, name } = useSpeech();
  const reasons = bulkReasons(kind);
  const [reason, setReason] = useState(reasons[0] ?? 'other');
  const [chosen] = useState(orders);
  const { progress, begin, leave } = useBulk(kind, chosen, reason);
  const hasBegun = progress.is === 'doing' || progress.is === 'ended';
  const close = (): void => {
    leave();
    if (hasBegun) onDone();
    onClose();
  };
  return (
    <Dialog title={say(`bulk.${kind}`, { count: chosen.length })} onClose={close}>
      <div className="dialog-body">
        {reasons.length > 0 && !hasBegun && (
          <ChoiceField
            label={say('ask.reason')}
            value={reason}
            options={reasons.map((each) => [each, name('reason', each)])}
            onChange={setReason}
          />
        )}
        {progress.is === 'looking' || progress.is === 'doing' ? <Going progress={progress} /> : <Outcome progress={progress} />}
        <Choices {...{ kind, progress, close }} begin={() => void begin()} />
      </div>
    </Dialog>
  );
};
