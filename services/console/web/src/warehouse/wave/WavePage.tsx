import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { Page } from '../../frame/Page';
import { withAnyNews } from '../../live/live';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { DownloadButton } from '../../downloads/DownloadButton';
import { shortOf } from '../short';
import { ScanField } from '../scanning/ScanField';
import '../warehouse.css';
import { NextFetch } from './NextFetch';
import type { Wave } from './picking';
import { PickList } from './PickList';
import { usePicking, waveKey } from './usePicking';

interface StepProps {
  readonly wave: Wave;
  readonly onClose: () => void;
}

const paramsOf = ({ waveId }: Wave, key: string) => ({ path: { waveId }, header: { 'Idempotency-Key': key } });

const AssignForm = ({ wave, onClose }: StepProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [picker, setPicker] = useState(wave.picker ?? '');
  return (
    <FormDialog
      title={say('warehouse.assign')}
      deed={say('form.send')}
      isReady={picker.trim() !== ''}
      send={(key) => bodyOf(api.POST('/shipping/waves/{waveId}/assign', { params: paramsOf(wave, key), body: { picker: picker.trim() } }))}
      onClose={onClose}
    >
      <TextField
        label={say('warehouse.picker')}
        hint={say('warehouse.picker.hint')}
        value={picker}
        onChange={setPicker}
        longest={64}
        isRequired
      />
    </FormDialog>
  );
};

const CloseForm = ({ wave, onClose }: StepProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  return (
    <FormDialog
      title={say('warehouse.close')}
      deed={say('warehouse.close')}
      isGrave={wave.done < wave.shipments}
      send={(key) => bodyOf(api.POST('/shipping/waves/{waveId}/close', { params: paramsOf(wave, key) }))}
      onClose={onClose}
    >
      <p>{say('warehouse.close.hint', { left: wave.shipments - wave.done })}</p>
    </FormDialog>
  );
};

const steps = { assign: AssignForm, close: CloseForm } as const;

const WaveSteps = ({ wave }: { readonly wave: Wave }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [opened, open] = useState<keyof typeof steps>();
  const Form = opened === undefined ? undefined : steps[opened];
  const { waveId } = wave;
  return (
    <p className="steps">
      {(['assign', 'close'] as const).map((step) => (
        <button key={step} type="button" className="button" disabled={wave.status === 'closed'} onClick={() => open(step)}>
          {say(`warehouse.${step}`)}
        </button>
      ))}
      <DownloadButton
        fileName={`pick-list-${shortOf(waveId)}.pdf`}
        fetchFile={() => bodyOf<Blob>(api.GET('/shipping/waves/{waveId}/pick-list.pdf', { params: { path: { waveId } }, parseAs: 'blob' }))}
      >
        {say('warehouse.print.list')}
      </DownloadButton>
      {Form && <Form wave={wave} onClose={() => open(undefined)} />}
    </p>
  );
};

const Picking = ({ wave }: { readonly wave: Wave }): ReactNode => {
  const { say } = useSpeech();
  const { said, scan } = usePicking(wave.waveId);
  const { units, picked, short, picker } = wave;
  return (
    <div className="work">
      <p className="work-progress">
        <progress value={picked + short} max={Math.max(units, 1)} aria-label={say('warehouse.progress')} />
        <span className="number">{say('warehouse.of', { picked: picked + short, quantity: units })}</span>
        {picker !== undefined && <bdi className="quiet">{picker}</bdi>}
      </p>
      {wave.status === 'open' ? (
        <>
          <NextFetch wave={wave} />
          <ScanField label={say('warehouse.scan')} hint={say('warehouse.scan.hint')} said={said} onScan={scan} />
        </>
      ) : (
        <p className="card next-fetch done">{say('warehouse.wave.closed')}</p>
      )}
      <WaveSteps wave={wave} />
      <PickList wave={wave} />
    </div>
  );
};

/** A wave that is picked: what comes next by bin, and a field for the scanner. */
export const WavePage = (): ReactNode => {
  const { say } = useSpeech();
  const { waveId } = useParams({ from: '/warehouse/waves/$waveId' });
  const { api } = useServices();
  const wave = useQuery({
    queryKey: waveKey(waveId),
    queryFn: () => bodyOf(api.GET('/shipping/waves/{waveId}', { params: { path: { waveId } } })),
    meta: withAnyNews,
  });
  return (
    <>
      <p className="way-back">
        <Link to="/warehouse">{say('warehouse.title')}</Link>
      </p>
      <Page title={say('warehouse.wave', { number: shortOf(waveId) })}>
        <Shown of={wave} rows={6}>
          {(found) => <Picking wave={found} />}
        </Shown>
      </Page>
    </>
  );
};
