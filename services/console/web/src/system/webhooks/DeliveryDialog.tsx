import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { useAnnounce } from '../../frame/announcing';
import { Dialog } from '../../frame/Dialog';
import { Fault, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { Attempts } from './Attempts';
import { DeliveryMark } from './Deliveries';

interface DeliveryDialogProps {
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly onClose: () => void;
}

const useDelivery = ({ endpointId, deliveryId }: DeliveryDialogProps) => {
  const { api } = useServices();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { say } = useSpeech();
  const params = { path: { endpointId, deliveryId } };
  const delivery = useQuery({
    queryKey: ['webhooks', endpointId, 'delivery', deliveryId],
    queryFn: () => bodyOf(api.GET('/subscriptions/webhook-endpoints/{endpointId}/deliveries/{deliveryId}', { params })),
    refetchInterval: UNTOLD.everyMs,
  });
  const again = useMutation({
    mutationFn: () => bodyOf(api.POST('/subscriptions/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redelivery', { params })),
    onSuccess: async () => {
      announce(say('done', { what: say('system.redeliver') }));
      await client.invalidateQueries();
    },
  });
  return { delivery, again };
};

/** One delivery: what is sent, what was answered each time, and to send it again. */
export const DeliveryDialog = (props: DeliveryDialogProps): ReactNode => {
  const { say } = useSpeech();
  const { delivery, again } = useDelivery(props);
  return (
    <Dialog title={delivery.data?.type ?? say('system.delivery')} onClose={props.onClose}>
      <div className="dialog-body form">
        <Shown of={delivery} rows={6}>
          {({ status, event, attemptLog }) => (
            <>
              <p className="system-part">
                <DeliveryMark status={status} />
                <button type="button" className="button" disabled={again.isPending} onClick={() => again.mutate()}>
                  {say('system.redeliver')}
                </button>
              </p>
              {again.error && <Fault fault={again.error} />}
              <h3>{say('system.delivery.request')}</h3>
              <pre tabIndex={0} dir="ltr">
                {JSON.stringify(event, undefined, 1)}
              </pre>
              <h3>{say('system.delivery.log')}</h3>
              {attemptLog.length === 0 ? <p className="quiet">{say('system.delivery.untried')}</p> : <Attempts attempts={attemptLog} />}
            </>
          )}
        </Shown>
      </div>
    </Dialog>
  );
};
