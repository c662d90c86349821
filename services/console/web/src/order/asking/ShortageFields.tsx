import type { ReactNode } from 'react';
import { SkuField } from '../../items/SkuField';
import { useSpeech } from '../../words/words';
import { shortageChoices, shortLineOf } from './asking';
import type { DecisionFieldsProps } from './DecisionFields';

/** What becomes of a line that is not in stock. */
export const ShortageFields = ({ asking, order, decision, decide }: DecisionFieldsProps): ReactNode => {
  const { say } = useSpeech();
  const line = order.lines.find(({ lineId }) => lineId === shortLineOf(asking));
  return (
    <fieldset>
      <legend>
        <bdi>{line?.description ?? line?.sku}</bdi>
      </legend>
      {shortageChoices.map((choice) => (
        <label key={choice}>
          <input type="radio" name="choice" checked={decision.choice === choice} onChange={() => decide({ ...decision, choice })} />
          {say(`shortage.${choice}`)}
        </label>
      ))}
      {decision.choice === 'substitute' && (
        <SkuField
          label={say('shortage.sku')}
          isRequired
          value={decision.substitute ?? ''}
          onChange={(substitute) => decide({ ...decision, substitute })}
        />
      )}
    </fieldset>
  );
};
