import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { useSpeech } from '../../words/words';
import { CalledAmong } from '../Called';
import { leftOf, type Fetch } from './picking';

const reasons = ['not-found', 'damaged', 'wrong-item'] as const;

interface ShortPickFormProps {
  readonly waveId: string;
  readonly of: Fetch;
  readonly onClose: () => void;
}

/** Units that are not there: others look for them, and the books here lose them. */
export const ShortPickForm = ({ waveId, of: { bin, tote, sku }, onClose }: ShortPickFormProps): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const [short, setShort] = useState<number | undefined>(leftOf(tote));
  const [reason, setReason] = useState<(typeof reasons)[number]>('not-found');
  return (
    <FormDialog
      title={say('warehouse.short')}
      deed={say('warehouse.short.say')}
      isGrave
      isReady={short !== undefined && short > 0}
      send={(key) =>
        bodyOf(
          api.POST('/shipping/waves/{waveId}/scans', {
            params: { path: { waveId }, header: { 'Idempotency-Key': key } },
            body: { tote: tote.tote, sku, short: short ?? 0, reason },
          }),
        )
      }
      onClose={onClose}
    >
      <p>
        <CalledAmong sku={sku} goods={[bin]} />
      </p>
      <p>{say('warehouse.short.of', { tote: tote.tote, bin: bin.bin ?? say('warehouse.nowhere') })}</p>
      <p className="quiet">{say('warehouse.short.hint')}</p>
      <div className="fields">
        <NumberField label={say('stock.units')} value={short} onChange={setShort} least={1} most={leftOf(tote)} isRequired />
        <ChoiceField
          label={say('stock.cause')}
          value={reason}
          options={reasons.map((each) => [each, name('warehouse.short', each)])}
          onChange={setReason}
        />
      </div>
    </FormDialog>
  );
};
