import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import type { Desk } from '../OrderPage';
import { AddressFields } from './AddressFields';
import type { Asking, Decision } from './asking';
import { QuantityFields } from './QuantityFields';
import { ShortageFields } from './ShortageFields';

export interface DecisionFieldsProps extends Pick<Desk, 'order'> {
  readonly asking: Asking;
  readonly decision: Decision;
  readonly decide: (decision: Decision) => void;
}

const WholeOrSome = ({ asking, order, decision, decide }: DecisionFieldsProps): ReactNode => {
  const { say } = useSpeech();
  const { lines: chosen, ...rest } = decision;
  const toggle = (lineId: string, isChosen: boolean): void =>
    decide({ ...rest, lines: [...(chosen ?? []).filter((each) => each !== lineId), ...(isChosen ? [lineId] : [])] });
  return (
    <fieldset>
      <legend>{say('ask.what')}</legend>
      <label>
        <input type="radio" name="what" checked={chosen === undefined} onChange={() => decide(rest)} />
        {say('ask.whole')}
      </label>
      <label>
        <input type="radio" name="what" checked={chosen !== undefined} onChange={() => decide({ ...rest, lines: [] })} />
        {say('ask.some')}
      </label>
      {chosen !== undefined &&
        order.lines.map(({ lineId, sku, description }) => (
          <label key={lineId} className="some-line">
            <input
              type="checkbox"
              disabled={!asking.lines.includes(lineId)}
              checked={chosen.includes(lineId)}
              onChange={({ target }) => toggle(lineId, target.checked)}
            />
            <bdi>{description ?? sku}</bdi>
          </label>
        ))}
    </fieldset>
  );
};

/** What has to be decided by whoever asks: of what, and why. */
export const DecisionFields = (props: DecisionFieldsProps): ReactNode => {
  const { say, name } = useSpeech();
  const { asking, decision, decide, order } = props;
  return (
    <>
      {asking.lines.length > 0 && order.lines.length > 1 && <WholeOrSome {...props} />}
      {asking.kind === 'edit' && <QuantityFields {...props} />}
      {asking.kind === 'redirect' && <AddressFields {...props} />}
      {asking.kind === 'resolve-shortage' && <ShortageFields {...props} />}
      {asking.reasons.length > 0 && (
        <label className="field">
          {say('ask.reason')}
          <select value={decision.reason} onChange={({ target }) => decide({ ...decision, reason: target.value })}>
            {asking.reasons.map((reason) => (
              <option key={reason} value={reason}>
                {name('reason', reason)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
};
