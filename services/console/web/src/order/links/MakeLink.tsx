import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { NumberField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { ShownOnce } from '../../frame/ShownOnce';
import { useSpeech } from '../../words/words';

const USUAL_DAYS = 60;
const MOST_DAYS = 365;

interface LinkFormProps {
  readonly orderId: string;
  readonly onMade: (url: string) => void;
  readonly onClose: () => void;
}

const LinkForm = ({ orderId, onMade, onClose }: LinkFormProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [days, setDays] = useState<number | undefined>(USUAL_DAYS);
  const isReady = days !== undefined && days >= 1 && days <= MOST_DAYS;
  const send = async (): Promise<void> => {
    if (days === undefined) return;
    const { url, path } = await bodyOf(api.POST('/orders/{orderId}/links', { params: { path: { orderId } }, body: { days } }));
    // Where nobody has said how customers reach the API, they may reach it as whoever looks at the console does.
    onMade(url ?? `${location.origin}${path}`);
  };
  return (
    <FormDialog title={say('order.links.make')} deed={say('order.links.make')} {...{ isReady, send, onClose }}>
      <NumberField label={say('order.links.days')} value={days} onChange={setDays} least={1} most={MOST_DAYS} isRequired />
    </FormDialog>
  );
};

/** Makes a link for whoever bought an order, and shows it once. */
export const MakeLink = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const [isAsked, setAsked] = useState(false);
  const [url, setUrl] = useState<string>();
  return (
    <li>
      <button type="button" className="button" onClick={() => setAsked(true)}>
        {say('order.links.make')}
      </button>
      {isAsked && <LinkForm orderId={orderId} onMade={setUrl} onClose={() => setAsked(false)} />}
      {url !== undefined && !isAsked && (
        <ShownOnce title={say('order.links')} hint={say('order.links.made.hint')} secret={url} onClose={() => setUrl(undefined)} />
      )}
    </li>
  );
};
