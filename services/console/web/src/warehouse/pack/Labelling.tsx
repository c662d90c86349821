import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { unguessable } from '../../session/pkce';
import { Fault } from '../../states/states';
import { useSpeech } from '../../words/words';
import { DownloadButton } from '../../downloads/DownloadButton';
import { shortOf } from '../short';
import type { Shipment } from './packing';

const usePapers = (shipmentId: string) => {
  const { api } = useServices();
  const asked = { params: { path: { shipmentId } }, parseAs: 'blob' } as const;
  return {
    label: () => bodyOf<Blob>(api.GET('/shipping/shipments/{shipmentId}/label.pdf', asked)),
    slip: () => bodyOf<Blob>(api.GET('/shipping/shipments/{shipmentId}/packing-slip.pdf', asked)),
  };
};

const AskAgain = ({ shipmentId }: { readonly shipmentId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const client = useQueryClient();
  const asking = useMutation({
    mutationFn: () => {
      const params = { path: { shipmentId }, header: { 'Idempotency-Key': unguessable() } };
      return bodyOf(api.POST('/shipping/shipments/{shipmentId}/label', { params, body: {} }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['warehouse'] }),
  });
  return (
    <>
      <button type="button" className="button main" disabled={asking.isPending} onClick={() => asking.mutate()}>
        {say('warehouse.label.again')}
      </button>
      {asking.error && <Fault fault={asking.error} />}
    </>
  );
};

const isWaiting = (status: string): boolean => status === 'packed' || status === 'label-requested' || status === 'label-delayed';

const Standing = ({ shipment: { status, labelFailure } }: { readonly shipment: Shipment }): ReactNode => {
  const { say } = useSpeech();
  if (isWaiting(status)) return <p role="status">{say('warehouse.label.waits')}</p>;
  if (status !== 'label-failed') return null;
  return (
    <p className="scan-said bad" role="alert">
      {say('warehouse.label.failed', { why: labelFailure?.detail ?? labelFailure?.code ?? '' })}
    </p>
  );
};

/** From its label on: what is stuck onto it, and what lies in it. */
export const Labelling = ({ shipment }: { readonly shipment: Shipment }): ReactNode => {
  const { say } = useSpeech();
  const { shipmentId, status, label } = shipment;
  const papers = usePapers(shipmentId);
  return (
    <section className="card work-card" aria-label={say('warehouse.label')}>
      <h2>{say('warehouse.label')}</h2>
      <Standing shipment={shipment} />
      {label?.parcels.map(({ trackingNumber }) => (
        <p key={trackingNumber} className="code">
          <bdi>{trackingNumber}</bdi>
        </p>
      ))}
      <div className="steps">
        {status === 'label-failed' && <AskAgain shipmentId={shipmentId} />}
        {label && (
          <DownloadButton fileName={`label-${shortOf(shipmentId)}.pdf`} fetchFile={papers.label}>
            {say('warehouse.print.label')}
          </DownloadButton>
        )}
        <DownloadButton fileName={`packing-slip-${shortOf(shipmentId)}.pdf`} fetchFile={papers.slip}>
          {say('warehouse.print.slip')}
        </DownloadButton>
      </div>
    </section>
  );
};
