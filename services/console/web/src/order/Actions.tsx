import { useCallback, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { AskDialog } from './asking/AskDialog';
import { askingOf, type Action, type Asking } from './asking/asking';
import type { Desk } from './OrderPage';
import { Section } from '../frame/Section';

interface ActionsProps extends Pick<Desk, 'order'> {
  readonly actions: readonly Action[];
}

const AskButton = ({ asking, ask }: { readonly asking: Asking; readonly ask: (asking: Asking) => void }): ReactNode => (
  <li>
    <button type="button" className="button" onClick={() => ask(asking)}>
      {useSpeech().name('action', asking.kind)}
    </button>
  </li>
);

/** What would be done, too, but is asked of the API by itself. */
const Elsewhere = ({ actions }: { readonly actions: readonly Action[] }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <details className="refused">
      <summary>{say('order.actions.elsewhere')}</summary>
      <dl>
        {actions.map(({ action, method, path }) => (
          <div key={`${action} ${path}`}>
            <dt>{name('action', action)}</dt>
            <dd className="quiet code" dir="ltr">
              {method} {path}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

const Refused = ({ actions }: { readonly actions: readonly Action[] }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <details className="refused">
      <summary>{say('order.actions.others')}</summary>
      <dl>
        {actions.map(({ action, path, refusal }) => (
          <div key={`${action} ${path}`}>
            <dt>{name('action', action)}</dt>
            <dd className="quiet">
              <bdi>{refusal?.message}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

/** What can be done with an order now, judged by the rules that decide it; and why the rest cannot. */
export const Actions = ({ order, actions }: ActionsProps): ReactNode => {
  const { say, name } = useSpeech();
  const [asking, setAsking] = useState<Asking>();
  const [done, setDone] = useState<string>();
  const close = useCallback(() => setAsking(undefined), []);
  const allowed = actions.filter((action) => action.allowed);
  const asked = allowed.flatMap((action) => askingOf(action) ?? []);
  const elsewhere = allowed.filter((action) => !askingOf(action));
  const refused = actions.filter((action) => !action.allowed);
  return (
    <Section title={say('order.actions')}>
      <ul className="actions">
        {asked.map((each) => (
          <AskButton key={each.path} asking={each} ask={setAsking} />
        ))}
      </ul>
      {allowed.length === 0 && <p className="quiet list-foot">{say('order.actions.none')}</p>}
      <p role="status" className={done === undefined ? 'unseen' : 'done'}>
        {done !== undefined && say('ask.done', { action: name('action', done) })}
      </p>
      {elsewhere.length > 0 && <Elsewhere actions={elsewhere} />}
      {refused.length > 0 && <Refused actions={refused} />}
      {asking && <AskDialog order={order} asking={asking} onDone={() => setDone(asking.kind)} onClose={close} />}
    </Section>
  );
};
