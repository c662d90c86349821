import type { ReactNode } from 'react';
import { NumberField } from '../../forms/fields';
import { useSpeech } from '../../words/words';
import type { DecisionFieldsProps } from './DecisionFields';

/** How many units each line is to have; none: the line goes. */
export const QuantityFields = ({ order, decision, decide }: DecisionFieldsProps): ReactNode => {
  const { say } = useSpeech();
  const { quantities = {}, ...rest } = decision;
  const set = (lineId: string, now: number, quantity: number | undefined): void => {
    const { [lineId]: _, ...others } = quantities;
    decide({ ...rest, quantities: quantity === undefined || quantity === now ? others : { ...others, [lineId]: quantity } });
  };
  const open = order.lines.filter(({ quantity, progress }) => progress.cancelled < quantity);
  return (
    <fieldset>
      <legend>{say('ask.quantities')}</legend>
      {open.map(({ lineId, sku, description, quantity }) => (
        <NumberField
          key={lineId}
          label={description ?? sku}
          value={quantities[lineId] ?? quantity}
          onChange={(chosen) => set(lineId, quantity, chosen)}
        />
      ))}
    </fieldset>
  );
};
