import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { Mark } from '../marks/Mark';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import type { QueueKind } from './queue';
import { ScanField } from './ScanField';

/** Opens the item whose slip is read. */
export const FindItem = ({ find }: { readonly find: NonNullable<QueueKind<unknown, unknown>['find']> }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = useNavigate({ from: '/queues/$queue' });
  const finding = useMutation({
    mutationFn: (text: string) => find(api, text),
    onSuccess: (item) => {
      if (item !== undefined) void navigate({ search: (before) => readQueueAddress({ ...before, item }) });
    },
  });
  const isMissing = finding.isSuccess && finding.data === undefined;
  return (
    <div className="find-item">
      <ScanField label={say('queues.find')} hint={say('queues.find.hint')} onRead={(text) => finding.mutate(text)} />
      <p role="status">{isMissing && <Mark tone="bad">{say('queues.find.none', { text: finding.variables })}</Mark>}</p>
      {finding.error && <Fault fault={finding.error} />}
    </div>
  );
};
