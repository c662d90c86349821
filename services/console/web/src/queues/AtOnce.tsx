import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { useAnnounce } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import type { Deed } from './queue';

/** Done at once, for nothing is lost by it. */
const useAtOnce = (send: Deed['send'], announced: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: () => send(api, {}, { preview: false, key: unguessable() }),
    onSuccess: () => announce(announced),
    onSettled: () => client.invalidateQueries(),
  });
};

interface AtOnceProps extends Pick<Deed, 'name' | 'send'> {
  readonly shortcut?: 'take';
}

/** A button that does what it says, and asks nothing. */
export const AtOnce = ({ name, send, shortcut }: AtOnceProps): ReactNode => {
  const { say } = useSpeech();
  const doing = useAtOnce(send, say('done', { what: say(name) }));
  return (
    <li>
      <button type="button" className="button" data-shortcut={shortcut} disabled={doing.isPending} onClick={() => doing.mutate()}>
        {say(name)}
      </button>
      {doing.error && <Fault fault={doing.error} />}
    </li>
  );
};
